package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR as it is shipped, on a real server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ContainerIT {
  private static final Path ROOT = Path.of(System.getProperty("metrics.storage.root", ""));
  private static final String SMALL = "/api/runs/20260101_090000_0000a1";

  private final HttpClient client = HttpClient.newHttpClient();

  @ArquillianResource URL base;

  @Deployment(testable = false)
  static WebArchive war() {
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, Path.of(System.getProperty("metrics.war", "")).toFile());
  }

  @Test
  void runs_and_their_metrics_are_served() throws Exception {
    assertThat(get("/api/health").body()).contains("\"status\":\"ok\"");
    assertThat(get("/api/runs").body()).contains("20260101_090000_0000a1", "小型 démo ✓");
    assertThat(get(SMALL).body()).contains("\"skipped_lines\":0");
    assertThat(get(SMALL + "/metrics").body())
        .startsWith("{\"columns\":[\"time\",\"loss\",\"lr\",\"epoch\"")
        .contains("\"rows\":[{\"time\":0.0,");
    HttpResponse<String> steps = get(SMALL + "/metrics_step");
    assertThat(steps.statusCode()).isEqualTo(200);
    assertThat(steps.body()).startsWith("{\"columns\":[\"global_step\",\"loss\",\"lr\",\"epoch\"");
    assertThat(steps.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(steps.headers().firstValue("X-Total-Count")).isPresent();
    assertThat(steps.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
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
    URI uri =
        URI.create("ws://%s:%d/api/runs/%s/logs/ws".formatted(base.getHost(), base.getPort(), id));
    return client.newWebSocketBuilder().buildAsync(uri, lines).get(10, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create("http://%s:%d%s".formatted(base.getHost(), base.getPort(), path));
    return client.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
