package org.runmetrics.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.series.Position;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

@Timeout(60)
class SeriesStreamTest {
  private static final String STREAM = "/api/v2/series/stream";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rows_and_statuses_say_of_which_run_they_are() throws Exception {
    TestRun a = TestRun.create(root, "a", "running").log(1, "\"step\": 1, \"loss\": 0.5");
    TestRun b = TestRun.create(root, "b", "finished");
    EventClient client =
        EventClient.open(server, STREAM + "?runs=a,b", "Origin", "http://localhost:3000");
    assertThat(client.header("Content-Type")).startsWith("text/event-stream");
    assertThat(client.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(client.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
    assertThat(List.of(client.next().data(), client.next().data()))
        .containsExactlyInAnyOrder(
            "{\"run\":\"a\",\"status\":\"running\"}", "{\"run\":\"b\",\"status\":\"finished\"}");

    a.log(2, "\"step\": 2, \"loss\": 0.25, \"text\": \"é\"");
    EventClient.Event rows = client.next();
    assertThat(rows.name()).isEqualTo("rows");
    assertThat(rows.data())
        .isEqualTo(
            "{\"run\":\"a\",\"columns\":[\"global_step\",\"loss\",\"text\"],"
                + "\"rows\":[{\"global_step\":2,\"loss\":0.25,\"text\":\"é\"}]}");
    b.log(3, "\"step\": 7, \"acc\": 1");
    EventClient.Event others = client.next();
    assertThat(others.data())
        .isEqualTo(
            "{\"run\":\"b\",\"columns\":[\"global_step\",\"acc\"],"
                + "\"rows\":[{\"global_step\":7,\"acc\":1}]}");
    assertThat(others.id()).isNotEqualTo(rows.id());
    a.write("status.json", "{\"status\": \"failed\"}");
    assertThat(client.next().data()).isEqualTo("{\"run\":\"a\",\"status\":\"failed\"}");
    client.close();
    await(server::isQuiet);
  }

  @Test
  void from_the_start_all_rows_of_all_runs_are_sent() throws Exception {
    TestRun.create(root, "a", "running").append(line(1) + line(2));
    TestRun.create(root, "b", "running").append(line(3));
    EventClient client = EventClient.open(server, STREAM + "?runs=a,b&cursor=start");
    HeardRuns heard = hear(client, "a", "b");
    assertThat(heard.resets()).isEmpty();
    client.close();
  }

  @Test
  void wanted_metrics_alone_are_columns_and_rows_without_any_are_left_out() throws Exception {
    TestRun a = TestRun.create(root, "a", "running");
    a.log(1, "\"step\": 1, \"loss\": 1, \"other\": 5").log(2, "\"step\": 2, \"other\": 6");
    a.log(3, "\"step\": 3, \"val/acc\": 2, \"val,x\": 4, \"time\": 9");
    EventClient client =
        EventClient.open(server, STREAM + "?runs=a&metrics=loss,val/*&metrics=val,x&cursor=start");
    assertThat(client.next().data())
        .isEqualTo(
            "{\"run\":\"a\",\"columns\":[\"global_step\",\"loss\",\"val/acc\",\"val,x\"],\"rows\":["
                + "{\"global_step\":1,\"loss\":1},{\"global_step\":3,\"val/acc\":2,\"val,x\":4}]}");
    assertThat(client.next().name()).isEqualTo("status");

    a.log(4, "\"step\": 4, \"other\": 7").log(5, "\"step\": 5, \"loss\": 8");
    assertThat(client.next().data()).endsWith("\"rows\":[{\"global_step\":5,\"loss\":8}]}");
    client.close();
  }

  @Test
  void a_metric_that_nobody_logs_leaves_out_all_rows_and_no_status() throws Exception {
    TestRun a = TestRun.create(root, "a", "running");
    a.append(line(1));
    EventClient client = EventClient.open(server, STREAM + "?runs=a&metrics=none&cursor=start");
    assertThat(client.next().data()).isEqualTo("{\"run\":\"a\",\"status\":\"running\"}");
    a.append(line(2)).write("status.json", "{\"status\": \"finished\"}");
    assertThat(client.next().data()).isEqualTo("{\"run\":\"a\",\"status\":\"finished\"}");
    client.close();
  }

  @Test
  void a_run_that_is_not_there_yet_is_waited_for_and_sent_from_its_start() throws Exception {
    TestRun a = TestRun.create(root, "a", "running");
    a.append(line(1));
    EventClient client = EventClient.open(server, STREAM + "?runs=late,a");
    a.append(line(2));
    HeardRuns heard = new HeardRuns();
    while (heard.rows("a").isEmpty() || heard.statuses().isEmpty()) {
      heard.hear(client.next());
    }
    assertThat(heard.statuses()).containsOnlyKeys("a");
    String id = client.lastId();
    TestRun.create(root, "late", "finished").append(line(5) + line(6));
    while (!heard.rows("late").equals(all("late"))) {
      heard.hear(client.next());
    }
    client.close();

    EventClient back = EventClient.open(server, STREAM + "?runs=late,a", "Last-Event-ID", id);
    HeardRuns again = new HeardRuns();
    while (!again.rows("late").equals(all("late"))) {
      again.hear(back.next());
    }
    assertThat(again.rows("a")).isEmpty();
    back.close();
    await(server::isQuiet);
  }

  @Test
  void a_run_that_is_deleted_is_reset_and_sent_again_when_it_comes_back() throws Exception {
    TestRun a = TestRun.create(root, "a", "running");
    TestRun b = TestRun.create(root, "b", "running");
    a.append(line(1));
    EventClient client = EventClient.open(server, STREAM + "?runs=a,b&cursor=start");
    HeardRuns heard = hear(client, "a");
    a.write(".deleted", "");
    while (heard.resets().isEmpty()) {
      heard.hear(client.next());
    }
    assertThat(heard.resets()).containsExactly("a");
    String gone = client.lastId();
    b.append(line(3));
    while (heard.rows("b").isEmpty()) {
      heard.hear(client.next());
    }
    assertThat(heard.rows("a")).isEmpty();

    Files.delete(a.directory().resolve(".deleted"));
    while (!heard.rows("a").equals(all("a"))) {
      heard.hear(client.next());
    }
    client.close();

    EventClient back = EventClient.open(server, STREAM + "?runs=a,b", "Last-Event-ID", gone);
    assertThat(hear(back, "a", "b").resets()).isEmpty();
    back.close();
  }

  @Test
  void who_comes_back_after_a_run_was_deleted_is_told_so_at_once() throws Exception {
    TestRun a = TestRun.create(root, "a", "running");
    TestRun b = TestRun.create(root, "b", "running");
    a.append(line(1));
    EventClient client = EventClient.open(server, STREAM + "?runs=a,b&cursor=start");
    hear(client, "a");
    String id = client.lastId();
    client.close();
    a.write(".deleted", "");
    b.append(line(2));

    EventClient back = EventClient.open(server, STREAM + "?runs=a,b&cursor=" + id);
    HeardRuns heard = new HeardRuns(Map.of("a", all("b")));
    while (heard.resets().isEmpty() || heard.rows("b").isEmpty()) {
      heard.hear(back.next());
    }
    assertThat(heard.resets()).containsExactly("a");
    assertThat(heard.rows("a")).isEmpty();
    back.close();
  }

  @Test
  void a_run_that_is_cut_or_replaced_is_reset_and_no_other() throws Exception {
    TestRun a = TestRun.create(root, "a", "running");
    TestRun b = TestRun.create(root, "b", "running");
    a.append(line(1) + line(2));
    b.append(line(5));
    EventClient client = EventClient.open(server, STREAM + "?runs=a,b&cursor=start");
    HeardRuns heard = hear(client, "a", "b");
    String id = client.lastId();
    a.write("events.jsonl", line(9));
    while (!heard.rows("a").equals(all("a"))) {
      heard.hear(client.next());
    }
    Path other = Files.createDirectory(root.resolve("other"));
    Files.writeString(other.resolve("events.jsonl"), line(3) + line(4));
    Files.move(a.directory(), root.resolve("away"));
    Files.move(other, a.directory());
    while (!heard.rows("a").equals(all("a"))) {
      heard.hear(client.next());
    }
    assertThat(heard.rows("a")).containsOnlyKeys(3L, 4L);
    assertThat(heard.resets()).contains("a").doesNotContain("b");
    client.close();

    EventClient late = EventClient.open(server, STREAM + "?runs=a,b", "Last-Event-ID", id);
    HeardRuns again = new HeardRuns(Map.of("a", Map.of(1L, JsonObject.EMPTY_JSON_OBJECT)));
    while (!again.rows("a").equals(all("a"))) {
      again.hear(late.next());
    }
    assertThat(again.resets()).containsExactly("a");
    assertThat(again.rows("b")).isEmpty();
    late.close();
  }

  @Test
  void a_run_whose_file_is_replaced_while_its_rows_are_sent_ends_as_it_is_then() throws Exception {
    server.close();
    server =
        TestServer.of(
            root, Map.of("metrics.ratelimit.enabled", "false", "metrics.cache.heap", "1"));
    TestRun big = TestRun.create(root, "big", "running");
    TestRun b = TestRun.create(root, "b", "running");
    big.append(lines(30_000));
    EventClient client = EventClient.open(server, STREAM + "?runs=big,b&cursor=start");
    HeardRuns heard = new HeardRuns();
    while (heard.rows("big").isEmpty()) {
      heard.hear(client.next());
    }
    Files.delete(big.directory().resolve("events.jsonl"));
    big.append(line(5) + line(6));
    b.append(line(7));
    while (!heard.rows("big").equals(all("big")) || !heard.rows("b").equals(all("b"))) {
      heard.hear(client.next());
    }
    assertThat(heard.rows("big")).containsOnlyKeys(5L, 6L);
    client.close();
  }

  @Test
  void damaged_runs_do_not_end_the_stream_of_the_others() throws Exception {
    TestRun.create(root, "junk", "running").write("events.jsonl", new byte[100_000]);
    TestRun.create(root, "text", "finished").write("events.jsonl", "no event\n[1]\n{\"a\": \n");
    TestRun.create(root, "none", "running").write("status.json", new byte[] {1, 2, 3});
    Files.createDirectories(
        TestRun.create(root, "folder", "running").directory().resolve("events.jsonl"));
    Files.createSymbolicLink(
        TestRun.create(root, "loop", "running").directory().resolve("events.jsonl"),
        Path.of("events.jsonl"));
    TestRun good = TestRun.create(root, "good", "running");
    EventClient client = EventClient.open(server, STREAM + "?runs=junk,text,none,folder,loop,good");
    good.append(line(1));
    HeardRuns heard = new HeardRuns();
    while (heard.rows("good").isEmpty() || heard.statuses().size() < 6) {
      heard.hear(client.next());
    }
    assertThat(heard.rows()).containsOnlyKeys("good");
    assertThat(heard.resets()).isEmpty();
    client.close();
  }

  @Test
  void fifty_runs_have_one_token_of_at_most_two_kilobytes() throws Exception {
    Map<String, TestRun> runs = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      String id = "20250114_153045_%06x".formatted(i * 7919);
      runs.put(id, TestRun.create(root, id, "running").append(line(i)));
    }
    String query = STREAM + "?runs=" + String.join(",", runs.keySet());
    EventClient client = EventClient.open(server, query + "&cursor=start");
    HeardRuns heard = hear(client, runs.keySet().toArray(String[]::new));
    String id = client.lastId();
    assertThat(id).hasSizeLessThanOrEqualTo(2000);
    client.close();
    runs.values().forEach(run -> run.append(line(100)));

    EventClient back = EventClient.open(server, query, "Last-Event-ID", id);
    HeardRuns again = new HeardRuns();
    while (again.rows().size() < runs.size()) {
      again.hear(back.next());
    }
    assertThat(again.rows().values()).allSatisfy(rows -> assertThat(rows).containsOnlyKeys(100L));
    back.close();
    assertThat(heard.rows()).hasSize(50);
    assertError(server.get(query + ",one"), 400, "runs must be at most 50 run ids, not 51");
  }

  @Test
  void a_run_with_very_many_rows_keeps_no_other_waiting() throws Exception {
    TestRun busy = TestRun.create(root, "busy", "running");
    TestRun quiet = TestRun.create(root, "quiet", "running");
    busy.append(
        IntStream.range(0, 300)
            .mapToObj(
                step ->
                    "{\"type\": \"metrics\", \"data\": {\"step\": %d, \"text\": \"%s\"%s}}\n"
                        .formatted(
                            step,
                            "x".repeat(100_000),
                            // So many columns that there are few rows in an event.
                            IntStream.range(0, step == 0 ? 1000 : 0)
                                .mapToObj(i -> ", \"m" + i + "\": 1")
                                .collect(Collectors.joining())))
            .collect(Collectors.joining()));
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      String request =
          "GET " + STREAM + "?runs=busy,quiet&cursor=start HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
      List<String> heard = new ArrayList<>();
      take(lines, heard, "busy");
      long read = server.cache().statistics().linesRead();
      quiet.append(line(1));
      await(() -> server.cache().statistics().linesRead() > read);
      while (!heard.contains("quiet")) {
        take(lines, heard, "");
      }
      assertThat(heard).hasSizeLessThan(60);
    }
  }

  /** Takes events until one is of a run; notes the runs of those with rows. */
  private static void take(BufferedReader lines, List<String> heard, String run)
      throws IOException {
    String line = lines.readLine();
    while (!line.startsWith("data: {\"run\":\"" + run) || !line.contains("\"rows\":[")) {
      line = lines.readLine();
    }
    heard.add(line.replaceAll("^data: .\"run\":\"([^\"]*)\"(?s:.*)", "$1"));
  }

  @Test
  void with_the_list_it_tells_of_runs_that_come_and_go_too() throws Exception {
    TestRun a = TestRun.create(root, "a", "running");
    EventClient client = EventClient.open(server, STREAM + "?runs=a&list=true");
    assertThat(client.next().name()).isEqualTo("status");
    TestRun b = TestRun.create(root, "b", "running");
    EventClient.Event appeared = client.next();
    assertThat(appeared.name()).isEqualTo("run");
    assertThat(appeared.data()).contains("\"id\":\"b\"");
    a.append(line(1));
    EventClient.Event rows = client.next();
    while (!rows.name().equals("rows")) {
      rows = client.next();
    }
    assertThat(rows.data()).startsWith("{\"run\":\"a\",\"columns\":");
    Files.delete(b.directory().resolve("status.json"));
    Files.delete(b.directory());
    EventClient.Event gone = client.next();
    while (!gone.name().equals("removed")) {
      gone = client.next();
    }
    assertThat(gone.data()).isEqualTo("{\"id\":\"b\"}");
    client.close();
    await(server::isQuiet);
  }

  @Test
  void the_list_may_be_all_that_is_wanted() throws Exception {
    EventClient client = EventClient.open(server, STREAM + "?list=true");
    TestRun.create(root, "a", "running");
    assertThat(client.next().name()).isEqualTo("run");
    assertThat(client.lastId()).isEmpty();
    client.close();
  }

  @Test
  void ids_of_any_kind_are_sent_as_they_are_or_never_come() throws Exception {
    List<String> ids =
        List.of(
            "__proto__",
            "<img src=x onerror=alert(1)>",
            "a,b",
            "a\nb",
            "\u05d0\u202e\u05d1",
            "läuft ☃",
            "\"quoted\\'",
            "x".repeat(250));
    List<String> never =
        List.of("../../etc", "..", "/etc/passwd", "%2e%2e", "nul\0", "y".repeat(3000));
    ids.stream()
        .filter(id -> id.indexOf('\\') < 0)
        .forEach(id -> TestRun.create(root, id, "running").append(line(1)));
    String query =
        Stream.concat(ids.stream(), never.stream())
            .map(id -> "runs=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    EventClient client = EventClient.open(server, STREAM + "?cursor=start&" + query);
    HeardRuns heard = new HeardRuns();
    while (heard.rows().size() < ids.size() - 1) {
      heard.hear(client.next());
    }
    assertThat(heard.rows().keySet())
        .containsExactlyInAnyOrderElementsOf(
            ids.stream().filter(id -> id.indexOf('\\') < 0).toList());
    assertThat(client.lastId()).matches("[A-Za-z0-9_-]{1,2000}");
    client.close();
  }

  @Test
  void a_token_goes_on_with_other_runs_in_any_order() throws Exception {
    TestRun a = TestRun.create(root, "a", "running").append(line(1));
    TestRun b = TestRun.create(root, "b", "running").append(line(2));
    TestRun.create(root, "c", "running").append(line(3));
    EventClient client = EventClient.open(server, STREAM + "?runs=a,b&cursor=start");
    hear(client, "a", "b");
    String id = client.lastId();
    client.close();
    b.append(line(4));
    a.append(line(5));

    EventClient other = EventClient.open(server, STREAM + "?runs=c,b&cursor=" + id);
    HeardRuns heard = new HeardRuns();
    while (heard.rows().size() < 2) {
      heard.hear(other.next());
    }
    assertThat(heard.rows("b")).containsOnlyKeys(4L);
    assertThat(heard.rows("c")).containsOnlyKeys(3L);
    assertThat(heard.resets()).isEmpty();
    other.close();
  }

  @Test
  void what_is_wrong_is_answered_as_elsewhere() {
    TestRun.create(root, "a", "running").append(line(1));
    String known = STREAM + "?runs=a";
    assertError(
        server.get(STREAM),
        400,
        "runs must be one or more run ids with commas between, not empty, unless list is true");
    assertError(
        server.get(known + "&cursor=abc"),
        400,
        "cursor must be the id of an event of this stream, or start, not abc");
    String single = Position.START.token();
    assertError(
        server.get(known + "&cursor=" + single),
        400,
        "cursor must be the id of an event of this stream, or start, not " + single);
    assertError(
        server.get(known, "Last-Event-ID", "abc"),
        400,
        "Last-Event-ID must be the id of an event of this stream, not abc");
    assertError(server.get(known + "&list=maybe"), 400, "list must be true or false, not maybe");
    assertError(
        server.get(known + "&metric=loss"),
        400,
        "Unknown parameter metric, did you mean metrics? "
            + "Known are runs, metrics, list and cursor");
    assertThat(server.get(known, "Accept", "application/json").statusCode()).isEqualTo(406);
    assertThat(server.send("HEAD", known).statusCode()).isEqualTo(200);
    assertThat(server.send("HEAD", known + "&cursor=abc").statusCode()).isEqualTo(400);
    assertThat(server.send("OPTIONS", known).statusCode())
        .isEqualTo(server.send("OPTIONS", "/api/runs/stream").statusCode());
    assertThat(server.send("POST", known).statusCode()).isEqualTo(405);
    assertThat(server.get(known, "Origin", "https://elsewhere.example").statusCode())
        .isEqualTo(403);
    assertThat(server.isQuiet()).isTrue();
  }

  @Test
  void it_is_one_of_the_streams_that_a_client_may_have() throws Exception {
    server.close();
    server = TestServer.of(root, Map.of("metrics.stream.per-client", "1"));
    EventClient client = EventClient.open(server, STREAM + "?runs=a,b,c&list=true");
    assertError(server.get(STREAM + "?runs=a"), 429, "At most 1 event streams for each client");
    assertThat(server.streams().size()).isEqualTo(1);
    client.close();
  }

  @Test
  void a_server_that_stops_ends_the_stream() throws Exception {
    TestRun.create(root, "a", "running");
    EventClient client = EventClient.open(server, STREAM + "?runs=a,b&list=true");
    server.streams().close();
    client.awaitEnd();
    await(server::isQuiet);
  }

  /** Hears a stream until all rows of some runs are known. */
  private HeardRuns hear(EventClient client, String... runs) throws InterruptedException {
    HeardRuns heard = new HeardRuns();
    for (String run : runs) {
      while (!heard.rows(run).equals(all(run))) {
        heard.hear(client.next());
      }
    }
    return heard;
  }

  private Map<Long, JsonObject> all(String run) {
    return HeardRuns.byStep(server.object("/api/runs/" + run + "/metrics_step"));
  }

  private static void assertError(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(TestServer.parse(response.body()).asJsonObject().getString("detail"))
        .isEqualTo(detail);
  }

  private static String line(int step) {
    return "{\"type\": \"metrics\", \"data\": {\"step\": %d, \"loss\": %d}}\n"
        .formatted(step, step);
  }

  private static String lines(int count) {
    return IntStream.range(0, count).mapToObj(SeriesStreamTest::line).collect(Collectors.joining());
  }

  /** Waits for what no event tells; the test's timeout is the deadline. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new AssertionError("It does not come true");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
