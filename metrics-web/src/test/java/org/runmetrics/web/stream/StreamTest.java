package org.runmetrics.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.series.Position;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

@Timeout(30)
class StreamTest {
  private static final String STEPS = "/api/runs/r1/metrics_step";
  private static final String STREAM = STEPS + "/stream";

  @TempDir Path root;
  private TestServer server;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run = TestRun.create(root, "r1", "running");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rows_that_are_logged_arrive_with_a_cursor() throws Exception {
    run.log(1, "\"step\": 1, \"loss\": 0.5");
    EventClient client = EventClient.open(server, STREAM, "Origin", "http://localhost:3000");
    assertThat(client.header("Content-Type")).startsWith("text/event-stream");
    assertThat(client.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
    assertThat(client.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
    assertThat(client.header("Vary")).contains("Origin");
    assertThat(client.header("X-RateLimit-Limit")).isEmpty();

    run.log(2, "\"step\": 2, \"loss\": 0.25, \"text\": \"a\\nb é\"");
    EventClient.Event rows = client.next();
    assertThat(rows.name()).isEqualTo("rows");
    assertThat(rows.data())
        .isEqualTo(
            "{\"columns\":[\"global_step\",\"loss\",\"text\"],"
                + "\"rows\":[{\"global_step\":2,\"loss\":0.25,\"text\":\"a\\u000ab é\"}]}");
    assertThat(rows.id())
        .isEqualTo(server.get(STEPS).headers().firstValue("X-Cursor").orElseThrow());

    run.log(3, "\"step\": 1, \"val\": 7");
    assertThat(client.next().data())
        .isEqualTo(
            "{\"columns\":[\"global_step\",\"loss\",\"text\",\"val\"],"
                + "\"rows\":[{\"global_step\":1,\"loss\":0.5,\"val\":7}]}");
    client.close();
  }

  @Test
  void a_client_that_was_cut_off_anywhere_goes_on_and_ends_with_all_rows() throws Exception {
    Random random = new Random(11);
    Map<String, Map<Long, JsonObject>> known = new LinkedHashMap<>();
    Map<Long, JsonObject> rows = new TreeMap<>();
    EventClient client = EventClient.open(server, STREAM);
    for (int i = 0; i < 15; i++) {
      await(() -> !client.lastId().isEmpty());
      known.put(client.lastId(), new TreeMap<>(rows));
      run.log(i, "\"step\": " + random.nextInt(9) + ", \"m" + random.nextInt(3) + "\": " + i);
      apply(client.next(), rows);
    }
    assertThat(rows).isEqualTo(allRows());
    client.close();
    for (Map.Entry<String, Map<Long, JsonObject>> stop : known.entrySet()) {
      Map<Long, JsonObject> mine = new TreeMap<>(stop.getValue());
      EventClient again =
          EventClient.open(
              server, STREAM + "?cursor=" + client.lastId(), "Last-Event-ID", stop.getKey());
      EventClient.Event news = again.next();
      assertThat(news.name()).isEqualTo("rows");
      apply(news, mine);
      assertThat(mine).isEqualTo(rows);
      again.close();
    }
  }

  @Test
  void a_client_that_has_all_gets_nothing_until_there_is_more() throws Exception {
    run.log(1, "\"step\": 1, \"loss\": 0.5");
    String cursor = server.get(STEPS).headers().firstValue("X-Cursor").orElseThrow();
    EventClient client = EventClient.open(server, STREAM + "?cursor=" + cursor);
    run.log(2, "\"step\": 2, \"loss\": 0.5");
    assertThat(client.next().data()).contains("\"rows\":[{\"global_step\":2,");
    client.close();
  }

  @Test
  void from_the_start_there_are_all_rows_then_the_status_then_live_rows() throws Exception {
    run.append(line(1) + line(2)).write("status.json", "{\"status\": \"paused\"}");
    EventClient client = EventClient.open(server, STREAM + "?cursor=start");
    EventClient.Event rows = client.next();
    assertThat(rows.name()).isEqualTo("rows");
    assertThat(rows(rows.data())).containsOnlyKeys(1L, 2L);
    EventClient.Event status = client.next();
    assertThat(status.name()).isEqualTo("status");
    assertThat(status.data()).isEqualTo("{\"status\":\"paused\"}");

    run.append(line(3));
    assertThat(rows(client.next().data())).containsOnlyKeys(3L);
    client.close();
  }

  @Test
  void a_client_that_comes_back_is_not_sent_the_start_again() throws Exception {
    run.append(line(1));
    EventClient client = EventClient.open(server, STREAM + "?cursor=start");
    String id = client.next().id();
    client.close();
    run.append(line(2));

    EventClient back = EventClient.open(server, STREAM + "?cursor=start", "Last-Event-ID", id);
    assertThat(rows(back.next().data())).containsOnlyKeys(2L);
    back.close();
  }

  @Test
  void very_many_rows_are_several_events_of_which_the_last_has_the_cursor() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int step = 0; step < 50_000; step++) {
      lines.append(line(step));
    }
    run.append(lines.toString());
    String start = Position.START.token();
    EventClient client = EventClient.open(server, STREAM + "?cursor=" + start);
    Map<Long, JsonObject> rows = new TreeMap<>();
    EventClient.Event event = client.next();
    while (event.id().equals(start)) {
      apply(event, rows);
      event = client.next();
    }
    assertThat(rows).isNotEmpty();
    apply(event, rows);
    assertThat(rows).hasSize(50_000).isEqualTo(allRows());
    client.close();
  }

  @Test
  void a_file_that_was_cut_is_sent_from_its_start_after_a_reset() throws Exception {
    run.append(line(1) + line(2) + line(3));
    EventClient client = EventClient.open(server, STREAM);
    await(() -> !client.lastId().isEmpty());
    String id = client.lastId();
    run.write("events.jsonl", line(9));
    EventClient.Event reset = client.next();
    assertThat(reset.name()).isEqualTo("reset");
    assertThat(reset.data()).isEqualTo("{}");
    Map<Long, JsonObject> rows = new TreeMap<>();
    while (!rows.containsKey(9L)) {
      apply(client.next(), rows);
    }
    assertThat(rows).isEqualTo(allRows());
    client.close();

    EventClient late = EventClient.open(server, STREAM, "Last-Event-ID", id);
    assertThat(late.next().name()).isEqualTo("reset");
    assertThat(late.next().data()).contains("\"rows\":[{\"global_step\":9,");
    late.close();
  }

  @Test
  void the_end_of_a_run_is_told_when_it_comes_and_to_who_comes_later() throws Exception {
    EventClient client = EventClient.open(server, STREAM);
    run.append(line(1)).write("status.json", "{\"status\": \"finished\"}");
    assertThat(client.next().name()).isEqualTo("rows");
    EventClient.Event status = client.next();
    assertThat(status.name()).isEqualTo("status");
    assertThat(status.data()).isEqualTo("{\"status\":\"finished\"}");
    client.close();
    EventClient late = EventClient.open(server, STREAM);
    assertThat(late.next().name()).isEqualTo("status");
    late.close();
  }

  @Test
  void who_comes_back_is_told_the_status_even_if_it_changed_back() throws Exception {
    run.write("status.json", "{\"status\": \"failed\"}");
    EventClient client = EventClient.open(server, STREAM);
    assertThat(client.next().data()).isEqualTo("{\"status\":\"failed\"}");
    String id = client.lastId();
    client.close();
    run.write("status.json", "{\"status\": \"running\"}");

    EventClient back = EventClient.open(server, STREAM, "Last-Event-ID", id);
    assertThat(back.next().data()).isEqualTo("{\"status\":\"running\"}");
    back.close();
  }

  @Test
  void a_hundred_clients_get_the_same() throws Exception {
    List<EventClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(EventClient.open(server, STREAM));
    }
    for (int step = 1; step <= 5; step++) {
      run.append(line(step));
      EventClient.Event first = clients.get(0).next();
      for (EventClient client : clients.subList(1, clients.size())) {
        assertThat(client.next()).isEqualTo(first);
      }
    }
    clients.forEach(EventClient::close);
    await(server::isQuiet);
  }

  @Test
  void a_client_that_does_not_read_delays_nobody_and_is_ended() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int step = 0; step < 200; step++) {
      lines.append(
          "{\"type\": \"metrics\", \"data\": {\"step\": %d, \"text\": \"%s\"}}\n"
              .formatted(step, "x".repeat(100_000)));
    }
    run.append(lines.toString());
    EventClient client = EventClient.open(server, STREAM);
    try (Socket stuck = socket("?cursor=" + Position.START.token())) {
      await(() -> server.streams().size() == 2);
      for (int step = 1000; step < 1005; step++) {
        run.append(line(step));
        assertThat(client.next().data()).contains("{\"global_step\":" + step + ",");
      }
      await(() -> server.streams().size() == 1);
      run.append(line(2000));
      assertThat(client.next().data()).contains("{\"global_step\":2000,");
      assertThat(stuck.isClosed()).isFalse();
    }
    client.close();
  }

  @Test
  void a_client_that_left_is_forgotten_and_with_the_last_all_that_was_for_it() throws Exception {
    EventClient client = EventClient.open(server, STREAM);
    try (Socket socket = socket("")) {
      await(() -> server.streams().size() == 2);
      assertThat(socket.isConnected()).isTrue();
    }
    await(() -> server.streams().size() == 1);
    client.close();
    await(server::isQuiet);
    await(() -> threads("file-events") == 0);
  }

  @Test
  void a_quiet_stream_is_kept_alive() throws Exception {
    EventClient client = EventClient.open(server, STREAM);
    await(() -> client.comments() > 2);
    assertThat(client.isEmpty()).isTrue();
    client.close();
  }

  @Test
  void a_server_that_stops_ends_all_streams() throws Exception {
    EventClient client = EventClient.open(server, STREAM);
    server.streams().close();
    client.awaitEnd();
    await(server::isQuiet);
    EventClient.open(server, STREAM).awaitEnd();
  }

  @Test
  void a_run_that_is_deleted_ends_its_streams() throws Exception {
    EventClient client = EventClient.open(server, STREAM);
    run.write(".deleted", "");
    client.awaitEnd();
    await(server::isQuiet);
  }

  @Test
  void what_is_wrong_is_answered_as_elsewhere() {
    assertError(server.get("/api/runs/none/metrics_step/stream"), 404, "Run not found: none");
    assertError(
        server.get(STREAM + "?cursor=abc"),
        400,
        "cursor must be the X-Cursor of an answer, or start, not abc");
    assertError(
        server.get(STREAM, "Last-Event-ID", "abc"),
        400,
        "Last-Event-ID must be the id of an event, not abc");
    assertError(
        server.get(STREAM + "?cursr=abc"),
        400,
        "Unknown parameter cursr, did you mean cursor? Known are cursor");
    assertThat(server.get(STREAM, "Accept", "application/json").statusCode()).isEqualTo(406);
    assertThat(server.send("HEAD", STREAM).statusCode()).isEqualTo(200);
    assertThat(server.isQuiet()).isTrue();
  }

  @Test
  void a_client_may_have_so_many_streams_and_another_when_one_has_ended() throws Exception {
    server.close();
    server = TestServer.of(root, Map.of("metrics.stream.per-client", "2"));
    EventClient first = EventClient.open(server, STREAM);
    EventClient second = EventClient.open(server, "/api/runs/stream");
    assertError(server.get(STREAM), 429, "At most 2 event streams for each client");
    first.close();
    await(() -> server.streams().size() == 1);
    EventClient.open(server, STREAM).close();
    second.close();
  }

  private static void assertError(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(TestServer.parse(response.body()).asJsonObject().getString("detail"))
        .isEqualTo(detail);
  }

  /** Opens a stream and does not read it. */
  private Socket socket(String query) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            ("GET " + STREAM + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void apply(EventClient.Event event, Map<Long, JsonObject> rows) {
    if (event.name().equals("reset")) {
      rows.clear();
    } else if (event.name().equals("rows")) {
      rows.putAll(rows(event.data()));
    }
  }

  private Map<Long, JsonObject> allRows() {
    return rows(server.get(STEPS).body());
  }

  private static Map<Long, JsonObject> rows(String json) {
    Map<Long, JsonObject> rows = new TreeMap<>();
    for (JsonValue row : TestServer.parse(json).asJsonObject().getJsonArray("rows")) {
      JsonObject object = row.asJsonObject();
      rows.put(object.getJsonNumber("global_step").longValue(), object);
    }
    return rows;
  }

  private static String line(int step) {
    return "{\"type\": \"metrics\", \"data\": {\"step\": %d, \"loss\": %d}}\n"
        .formatted(step, step);
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
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
