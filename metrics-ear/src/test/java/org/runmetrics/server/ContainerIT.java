package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR as it is shipped, on a real server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
class ContainerIT {
  private static final Path ROOT = Path.of(System.getProperty("metrics.storage.root", ""));
  private static final String SMALL = "/api/runs/20260101_090000_0000a1";

  private static final String PAGE = "http://localhost:3000";

  private final HttpClient client = HttpClient.newHttpClient();

  @ArquillianResource URL base;

  @Deployment(testable = false)
  static WebArchive war() {
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, Path.of(System.getProperty("metrics.war", "")).toFile());
  }

  @Test
  void operators_find_health_and_figures() throws Exception {
    for (String probe : List.of("live", "started", "ready")) {
      assertThat(get("/api/health/" + probe).body()).contains("\"status\":\"up\"");
    }
    HttpResponse<String> figures = get("/api/metrics/prometheus");
    assertThat(figures.statusCode()).isEqualTo(200);
    assertThat(figures.headers().firstValue("X-Request-Id")).isPresent();
    assertThat(figures.body())
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/api/health/ready\",status=\"200\"}",
            "runmetrics_clients{kind=\"log_sockets\"}",
            "runmetrics_clients{kind=\"streams\"}")
        .endsWith("# EOF\n");
  }

  @Test
  void runs_and_their_metrics_are_served() throws Exception {
    assertThat(get("/api/health").body()).contains("\"status\":\"ok\"");
    assertThat(get("/api/runs").body()).contains("20260101_090000_0000a1", "小型 démo ✓");
    assertThat(get(SMALL).body()).contains("\"skipped_lines\":0");
    assertThat(get(SMALL + "/metrics").body())
        .startsWith("{\"columns\":[\"time\",\"loss\",\"lr\",\"epoch\"")
        .contains("\"rows\":[{\"time\":0.0,");
    HttpResponse<String> steps = send("GET", SMALL + "/metrics_step", "Origin", PAGE);
    assertThat(steps.statusCode()).isEqualTo(200);
    assertThat(steps.body()).startsWith("{\"columns\":[\"global_step\",\"loss\",\"lr\",\"epoch\"");
    assertThat(steps.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(steps.headers().firstValue("X-Total-Count")).isPresent();
    assertThat(steps.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(steps.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
    assertThat(get(SMALL + "/progress").headers().firstValue("Deprecation")).isPresent();
    assertThat(get("/api/metrics/cache/stats").body()).contains("\"hits\":");
  }

  @Test
  void a_line_that_is_appended_is_in_the_next_answer() throws Exception {
    Path run = run("appended");
    Path events = run.resolve("events.jsonl");
    for (int step = 1; step <= 20; step++) {
      append(
          events,
          "{\"ts\": %d, \"type\": \"metrics\", \"data\": {\"global_step\": %d, \"a\": 1}}\n"
              .formatted(step, step));

      HttpResponse<String> response = get("/api/runs/appended/metrics_step");

      assertThat(response.headers().firstValue("X-Row-Count")).hasValue("" + step);
    }
  }

  @Test
  void who_has_an_answer_gets_no_other_until_the_run_goes_on() throws Exception {
    Path events = run("known").resolve("events.jsonl");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    String steps = "/api/runs/known/metrics_step";
    HttpResponse<String> first = get(steps);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    String cursor = first.headers().firstValue("X-Cursor").orElseThrow();

    for (String known : new String[] {tag, "W/" + tag, "\"a,b\", " + tag, "*"}) {
      HttpResponse<String> same = send("GET", steps, "If-None-Match", known, "Origin", PAGE);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.headers().firstValue("ETag")).hasValue(tag);
      assertThat(same.headers().firstValue("X-Cursor")).hasValue(cursor);
      assertThat(same.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    }
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 2}}\n");
    assertThat(send("GET", steps, "If-None-Match", tag).statusCode()).isEqualTo(200);
    assertThat(get(steps + "?cursor=" + cursor).body())
        .contains("\"rows\":[{\"global_step\":2,\"a\":2}],\"total\":1");
  }

  @Test
  void an_answer_is_compressed_once_for_who_takes_gzip() throws Exception {
    String steps = SMALL + "/metrics_step";
    HttpResponse<String> plain = get(steps);
    String tag = plain.headers().firstValue("ETag").orElseThrow();
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();

    HttpResponse<byte[]> packed =
        client.send(
            request("GET", steps, "Accept-Encoding", "gzip, deflate"),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(packed.headers().firstValue("Content-Type"))
        .isEqualTo(plain.headers().firstValue("Content-Type"));
    assertThat(packed.headers().firstValue("Vary").orElseThrow()).contains("Accept-Encoding");
    assertThat(packed.headers().firstValue("ETag")).hasValue("W/" + tag);
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.body());
    }
    HttpResponse<String> same =
        send("GET", steps, "Accept-Encoding", "gzip", "If-None-Match", "W/" + tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.headers().firstValue("ETag")).hasValue("W/" + tag);
  }

  @Test
  void head_has_the_headers_of_get_and_no_body() throws Exception {
    for (String path : new String[] {SMALL + "/metrics_step", "/api/runs", "/api/runs/none"}) {
      HttpResponse<String> get = get(path);
      HttpResponse<String> head = send("HEAD", path);

      assertThat(head.statusCode()).isEqualTo(get.statusCode());
      assertThat(head.body()).isEmpty();
      for (String name : new String[] {"ETag", "X-Cursor", "X-Row-Count", "Content-Type"}) {
        assertThat(head.headers().firstValue(name)).isEqualTo(get.headers().firstValue(name));
      }
      head.headers()
          .firstValue("Content-Length")
          .ifPresent(
              length -> assertThat(get.headers().firstValue("Content-Length")).hasValue(length));
    }
  }

  @Test
  void a_page_of_another_origin_may_ask_whether_its_answer_is_still_good() throws Exception {
    HttpResponse<String> response =
        send(
            "OPTIONS",
            SMALL + "/metrics_step",
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "if-none-match");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("If-None-Match");
  }

  @Test
  void only_pages_that_may_read_get_sockets_and_streams_and_are_told_so() throws Exception {
    String steps = SMALL + "/metrics_step";
    String log = SMALL + "/logs/ws";
    String host = host();
    for (String page : new String[] {PAGE, "https://[::1]:8443", "http://127.0.0.1"}) {
      String origin = "Origin: " + page;
      assertThat(RawRequest.get(steps + "/stream", host, origin).status(base)).isEqualTo(200);
      assertThat(RawRequest.socket(log, host, origin).status(base)).isEqualTo(101);
    }
    for (String page :
        new String[] {
          "null", "https://evil.example", "http://localhost.evil.example", "http://a@localhost"
        }) {
      HttpResponse<String> answer = send("GET", steps, "Origin", page);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(answer.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
      String origin = "Origin: " + page;
      assertThat(RawRequest.get(steps + "/stream", host, origin).status(base)).isEqualTo(403);
      assertThat(RawRequest.get("/api/runs/stream", host, origin).status(base)).isEqualTo(403);
      assertThat(RawRequest.socket(log, host, origin).status(base)).isEqualTo(403);
    }
  }

  @Test
  void a_name_that_somebody_bound_to_the_servers_address_reads_nothing() throws Exception {
    for (String name : new String[] {"evil.example", "localhost.evil.example", "192.0.2.1"}) {
      String host = "Host: " + name + ":" + base.getPort();
      for (String path : new String[] {"/none", SMALL, SMALL + "/metrics_step/stream"}) {
        assertThat(RawRequest.get(path, host).status(base)).as(path).isEqualTo(421);
      }
      String log = SMALL + "/logs/ws";
      String origin = "Origin: http://" + name + ":" + base.getPort();
      assertThat(RawRequest.socket(log, host, origin).status(base)).isEqualTo(421);
    }
  }

  @Test
  void errors_are_json_with_a_detail_inside_and_outside_of_the_api() throws Exception {
    assertThat(get("/api/runs/none/metrics").body())
        .isEqualTo("{\"detail\":\"Run not found: none\"}");
    assertThat(get(SMALL + "/metrics?missing=x").body())
        .isEqualTo("{\"detail\":\"missing must be absent or null, not x\"}");
    assertThat(get("/api/none").body()).isEqualTo("{\"detail\":\"Not found: /api/none\"}");
    HttpResponse<String> outside = get("/none");
    assertThat(outside.statusCode()).isEqualTo(404);
    assertThat(outside.body()).isEqualTo("{\"detail\":\"Not Found\"}");
    HttpResponse<String> post = send("POST", "/api/runs");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.body()).startsWith("{\"detail\":\"Method not allowed").contains("GET");
  }

  @Test
  void an_encoded_id_never_leaves_the_root() throws Exception {
    for (String id :
        new String[] {
          "..%2F..%2Fruns", "%2e%2e", "..%2f", "%252e%252e", "vision%2Fsmall", "..;", "%20"
        }) {
      HttpResponse<String> response = get("/api/runs/" + id + "/metrics");
      assertThat(response.statusCode()).as(id).isEqualTo(404);
      assertThat(response.body()).as(id).startsWith("{\"detail\":\"").doesNotContain("" + ROOT);
    }
    // Payara refuses these itself, with an empty 400.
    for (String id : new String[] {"%00", "..%5C.."}) {
      HttpResponse<String> response = get("/api/runs/" + id + "/metrics");
      assertThat(response.statusCode()).as(id).isIn(400, 404);
    }
  }

  @Test
  void an_id_may_hold_blanks_and_any_script() throws Exception {
    Path run = run("lauf 1 小型");
    append(
        run.resolve("events.jsonl"),
        "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");

    assertThat(get("/api/runs/lauf%201%20%E5%B0%8F%E5%9E%8B/metrics_step").body())
        .contains("\"rows\":[{\"global_step\":1,\"a\":1}]");
  }

  @Test
  void a_log_is_sent_and_then_every_line_as_it_is_written() throws Exception {
    Path log = run("lauf 2 小型").resolve("logs.txt");
    append(log, "one\ntwo\n");
    ReceivedLines lines = new ReceivedLines();
    WebSocket socket = connect("lauf%202%20%E5%B0%8F%E5%9E%8B", lines);

    assertThat(lines.next()).isEqualTo("one");
    assertThat(lines.next()).isEqualTo("two");
    append(log, "thr");
    append(log, "ee 小\n");
    assertThat(lines.next()).isEqualTo("three 小");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
  }

  /** Containers hold back an answer to a handshake until it is written out or its time is over. */
  @Test
  @Timeout(10)
  void a_socket_with_nothing_to_send_is_open_at_once() throws Exception {
    String bar = " 45%|████▌     | 45/100 [00:12<00:15,  3.45it/s]\n";
    for (String log : new String[] {"", "no end", "\n\n \n", bar.repeat(3)}) {
      Path run = run("silent-" + log.length());
      Files.writeString(run.resolve("status.json"), "{\"status\": \"running\"}");
      append(run.resolve("logs.txt"), log);
      hangUp("silent-" + log.length(), "?progress=drop");
    }
    append(run("silent").resolve("logs.txt"), "one\n");
    hangUp("silent", "?after=4");
  }

  @Test
  void a_socket_speaks_the_subprotocol_that_it_is_asked_for() throws Exception {
    append(run("spoken").resolve("logs.txt"), "one\ntwo\n");
    for (String name : new String[] {"metrics.logs.v1", "metrics.logs.v2"}) {
      ReceivedLines lines = new ReceivedLines();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .subprotocols(name)
              .buildAsync(socketAddress("spoken", ""), lines)
              .get(10, TimeUnit.SECONDS);
      String first = lines.next();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
      assertThat(lines.closeCode()).isEqualTo(1000);
      assertThat(socket.getSubprotocol()).isEqualTo(name);
      assertThat(first)
          .isEqualTo(
              name.endsWith("1")
                  ? "{\"offset\":4,\"line\":\"one\"}"
                  : "{\"lines\":[\"one\",\"two\"],\"offset\":8}");
    }
  }

  @Test
  @Timeout(10)
  void who_asks_for_a_log_without_a_socket_hears_that_it_takes_one() throws Exception {
    String wholeAnswer =
        RawRequest.get(SMALL + "/logs/ws", host()).answer(base, "no such text", false);

    assertThat(wholeAnswer)
        .startsWith("HTTP/1.1 426 ")
        .containsIgnoringCase("upgrade: websocket")
        .contains("{\"detail\":\"Logs are sent over WebSocket, version 13\"}");
  }

  @Test
  void a_long_log_arrives_whole_and_in_order() throws Exception {
    Path log = run("long").resolve("logs.txt");
    append(
        log,
        IntStream.range(0, 100_000)
            .mapToObj(line -> "line " + line + " of a run that says much")
            .collect(Collectors.joining("\n", "", "\n")));
    ReceivedLines lines = new ReceivedLines();
    WebSocket socket = connect("long", "?tail=all", lines);

    for (int line = 0; line < 100_000; line++) {
      assertThat(lines.next()).isEqualTo("line " + line + " of a run that says much");
    }
    append(log, "and one more\n");
    assertThat(lines.next()).isEqualTo("and one more");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    assertThat(lines.closeCode()).isEqualTo(1000);
  }

  @Test
  void clients_that_hang_up_with_much_on_its_way_hold_up_nobody() throws Exception {
    append(run("hung").resolve("logs.txt"), ("x".repeat(9_999) + "\n").repeat(2_000));
    List<Socket> hung = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Socket socket = new Socket(base.getHost(), base.getPort());
      hung.add(socket);
      String request =
          String.join(
              "\r\n",
              "GET /api/runs/hung/logs/ws?tail=all HTTP/1.1",
              "Host: localhost",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      // By the time of the last one the first has more than the connection holds.
      socket.getInputStream().readNBytes(500_000);
    }
    for (Socket socket : hung) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
    for (int i = 0; i < 10; i++) {
      ReceivedLines lines = new ReceivedLines();
      // The servers notice one after the other; until then the address has all its sockets.
      WebSocket socket = connect("hung", "?tail=1", lines);
      while (lines.next().startsWith("(closed")) {
        lines = new ReceivedLines();
        socket = connect("hung", "?tail=1", lines);
      }
      assertThat(lines.next()).startsWith("xxx");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
      assertThat(lines.closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void a_log_of_an_unknown_run_is_refused() throws Exception {
    ReceivedLines lines = new ReceivedLines();
    connect("none", lines);

    assertThat(lines.next()).isEqualTo("[error] Run not found: none");
    assertThat(lines.closeCode()).isEqualTo(1008);
  }

  @Test
  void the_eleventh_socket_of_an_address_is_refused() throws Exception {
    WebSocket[] sockets = new WebSocket[10];
    for (int i = 0; i < sockets.length; i++) {
      ReceivedLines lines = new ReceivedLines();
      sockets[i] = connect("20250101_120000_0000e1", lines);
      assertThat(lines.next()).isEqualTo("12:00:00 | legacy line 1");
    }
    ReceivedLines lines = new ReceivedLines();
    connect("20250101_120000_0000e1", lines);

    assertThat(lines.closeCode()).isEqualTo(1013);
    for (WebSocket socket : sockets) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_line_that_is_appended_is_pushed_and_a_client_that_was_cut_off_goes_on() throws Exception {
    Path events = run("pushed").resolve("events.jsonl");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    String path = "/api/runs/pushed/metrics_step/stream";
    String cursor;
    try (Events stream =
        stream(path, "Accept", "text/event-stream", "Accept-Encoding", "gzip", "Origin", PAGE)) {
      assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
      assertThat(stream.header("Content-Encoding")).isEmpty();
      assertThat(stream.header("Cache-Control")).contains("no-cache");
      assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(stream.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
      cursor = stream.lineWith("id:");
      append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 2}}\n");
      assertThat(stream.lineWith("data: {"))
          .isEqualTo(
              "{\"columns\":[\"global_step\",\"a\"],\"rows\":[{\"global_step\":2,\"a\":2}]}");
    }
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"b\": 3}}\n");
    Files.writeString(events.resolveSibling("status.json"), "{\"status\": \"finished\"}");
    try (Events stream = stream(path, "Last-Event-ID", cursor)) {
      assertThat(stream.lineWith("data: {"))
          .contains("[{\"global_step\":1,\"a\":1,\"b\":3},{\"global_step\":2,\"a\":2}]");
      assertThat(stream.lineWith("data: {")).isEqualTo("{\"status\":\"finished\"}");
    }
    assertThat(get("/api/runs/none/metrics_step/stream").body())
        .isEqualTo("{\"detail\":\"Run not found: none\"}");
    assertThat(get(path + "?cursor=x").statusCode()).isEqualTo(400);
    assertThat(send("HEAD", path).statusCode()).isEqualTo(200);
  }

  @Test
  void a_run_that_is_over_is_streamed_each_time() throws Exception {
    Path run = run("over");
    append(
        run.resolve("events.jsonl"),
        "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    Files.writeString(run.resolve("status.json"), "{\"status\": \"finished\"}");
    String path = "/api/runs/over/metrics_step";
    String cursor = get(path).headers().firstValue("X-Cursor").orElseThrow();
    String status = "data: {\"status\":\"finished\"}";
    for (int i = 0; i < 100; i++) {
      for (String back : new String[] {"X-Not: back", "Last-Event-ID: " + cursor}) {
        RawRequest request = RawRequest.get(path + "/stream", "Host: localhost", back);
        assertThat(request.answer(base, status, false))
            .startsWith("HTTP/1.1 200")
            .contains("id: ")
            .endsWith(status);
      }
    }
  }

  @Test
  void from_the_start_all_rows_are_sent_and_then_what_is_appended() throws Exception {
    Path events = run("begun").resolve("events.jsonl");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 2}}\n");
    try (Events stream = stream("/api/runs/begun/metrics_step/stream?cursor=start")) {
      assertThat(stream.lineWith("data: {"))
          .endsWith("\"rows\":[{\"global_step\":1,\"a\":1},{\"global_step\":2,\"a\":2}]}");
      append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 3, \"a\": 3}}\n");
      assertThat(stream.lineWith("data: {")).endsWith("\"rows\":[{\"global_step\":3,\"a\":3}]}");
    }
  }

  @Test
  void a_client_that_leaves_and_comes_back_quickly_is_always_let_in() throws Exception {
    String path = SMALL + "/metrics_step/stream";
    for (int i = 0; i < 250; i++) {
      // More than the limit, so that the server has to see that the first have gone.
      assertThat(RawRequest.get(path, "Host: localhost").answer(base, "id: ", i % 2 == 0))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_run_that_appears_is_pushed() throws Exception {
    try (Events stream = stream("/api/runs/stream")) {
      // The other server may have left a run of that name.
      String alias = "alias " + System.nanoTime();
      Files.writeString(run("appears").resolve("meta.json"), "{\"alias\": \"" + alias + "\"}");
      String run = stream.lineWith("data: {");
      while (!run.contains(alias)) {
        run = stream.lineWith("data: {");
      }
      assertThat(run).contains("\"id\":\"appears\"");
    }
  }

  @Test
  void a_file_of_media_is_served_whole_and_in_parts_as_it_is() throws Exception {
    Path run = run("pictured");
    Path folder = Files.createDirectories(run.resolve("media/ü b"));
    Files.writeString(folder.resolve("c#.txt"), "0123456789".repeat(20_000));
    append(
        run.resolve("events.jsonl"),
        "{\"type\": \"image\", \"data\": {\"path\": \"media/ü b/c#.txt\", \"step\": 1}}\n");
    String path = "/api/runs/pictured/media/%C3%BC%20b/c%23.txt";
    assertThat(get("/api/runs/pictured/images").body())
        .contains("\"url\":\"" + path + "\"}],\"total\":1}");
    HttpResponse<String> whole = send("GET", path, "Accept-Encoding", "gzip");
    assertThat(whole.body()).hasSize(200_000).startsWith("0123");
    assertThat(whole.headers().firstValue("Content-Length")).hasValue("200000");
    assertThat(whole.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(whole.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> part = send("GET", path, "Range", "bytes=5-7", "If-Range", tag);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("567");
    assertThat(part.headers().firstValue("Content-Length")).hasValue("3");
    assertThat(send("GET", path, "Range", "bytes=200000-").statusCode()).isEqualTo(416);
    assertThat(send("GET", path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<String> head = send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).hasValue("200000");
    assertThat(get("/api/runs/pictured/media/none").statusCode()).isEqualTo(404);
  }

  @Test
  void many_runs_and_their_list_are_pushed_by_one_stream_that_goes_on() throws Exception {
    Path first = run("many1").resolve("events.jsonl");
    // The other server may have left it.
    Path late = run("späť, ☃");
    Files.delete(late.resolve("status.json"));
    append(first, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1, \"b\": 2}}\n");
    String path =
        "/api/v2/series/stream?metrics=a&list=true&runs=many1&runs="
            + URLEncoder.encode("späť\\, ☃", StandardCharsets.UTF_8);
    String id;
    try (Events stream = stream(path + "&cursor=start", "Origin", PAGE)) {
      assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
      assertThat(stream.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
      assertThat(stream.lineWith("data: {\"run\":\"many1\",\"columns\":"))
          .isEqualTo("[\"global_step\",\"a\"],\"rows\":[{\"global_step\":1,\"a\":1}]}");
      append(
          late.resolve("events.jsonl"),
          "{\"type\": \"metrics\", \"data\": {\"global_step\": 5, \"a\": 3}}\n");
      String row = "data: {\"run\":\"späť, ☃\",\"columns\":[\"global_step\",\"a\"],\"rows\":";
      String run = "data: {\"id\":\"späť, ☃\"";
      List<String> heard = new ArrayList<>();
      while (heard.stream().noneMatch(line -> line.startsWith(row))
          || heard.stream().noneMatch(line -> line.startsWith(run))) {
        heard.add(stream.lines().readLine());
      }
      assertThat(heard).contains(row + "[{\"global_step\":5,\"a\":3}]}");
      id =
          heard.stream()
              .filter(line -> line.startsWith("id: "))
              .reduce("", (before, line) -> line.substring(4));
    }
    append(first, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 4}}\n");
    try (Events stream = stream(path, "Last-Event-ID", id)) {
      assertThat(stream.lineWith("data: {\"run\":\"many1\",\"columns\":"))
          .endsWith("\"rows\":[{\"global_step\":2,\"a\":4}]}");
    }
    assertThat(get("/api/v2/series/stream").statusCode()).isEqualTo(400);
    assertThat(get(path + "&cursor=x").statusCode()).isEqualTo(400);
    assertThat(send("HEAD", path).statusCode()).isEqualTo(200);
  }

  private record Events(HttpResponse<InputStream> response, BufferedReader lines)
      implements AutoCloseable {
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Returns the rest of the next line with a beginning. */
    String lineWith(String start) throws IOException {
      String name = start.endsWith("{") ? start.substring(0, start.length() - 1) : start;
      String line = lines.readLine();
      while (!line.startsWith(start)) {
        line = lines.readLine();
      }
      return line.substring(name.length()).strip();
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }

  private Events stream(String path, String... headers) throws Exception {
    // A connection of its own: it ends with the stream, in the middle of its answer.
    HttpClient own = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpResponse<InputStream> response =
        own.send(request("GET", path, headers), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new Events(
        response,
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  private String host() {
    return "Host: localhost:" + base.getPort();
  }

  private Path run(String id) throws IOException {
    Path run = Files.createDirectories(ROOT.resolve("runs/written").resolve(id));
    Files.writeString(run.resolve("status.json"), "{\"status\": \"running\"}");
    for (String file : new String[] {"events.jsonl", "logs.txt"}) {
      Files.deleteIfExists(run.resolve(file));
    }
    return run;
  }

  private static void append(Path file, String text) throws IOException {
    Files.write(
        file,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private WebSocket connect(String id, ReceivedLines lines) throws Exception {
    return connect(id, "", lines);
  }

  private WebSocket connect(String id, String query, ReceivedLines lines) throws Exception {
    return client
        .newWebSocketBuilder()
        .buildAsync(socketAddress(id, query), lines)
        .get(10, TimeUnit.SECONDS);
  }

  private URI socketAddress(String id, String query) {
    String address = "ws://%s:%d/api/runs/%s/logs/ws%s";
    return URI.create(address.formatted(base.getHost(), base.getPort(), id, query));
  }

  /** Opens a socket and closes it, so that its place is free for the next test. */
  private void hangUp(String id, String query) throws Exception {
    ReceivedLines lines = new ReceivedLines();
    WebSocket socket = connect(id, query, lines);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    assertThat(lines.closeCode()).isEqualTo(1000);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    return client.send(request(method, path, headers), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String... headers) {
    URI uri = URI.create("http://%s:%d%s".formatted(base.getHost(), base.getPort(), path));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }
}
