package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class HeadTest {
  private static final List<String> MOMENTARY =
      List.of("date", "x-request-id", "transfer-encoding", "content-length");

  private static final String STEPS = "/api/runs/r1/metrics_step";

  @TempDir Path root;
  private TestServer server;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.of(
            root, Map.of("metrics.ratelimit.enabled", "false", "metrics.cache.heap", "1"));
    run = TestRun.create(root, "r1", "finished");
    Files.createDirectory(run.directory().resolve("media"));
    run.write("media/a.png", "\u0001".repeat(100_000));
    run.log(1, "\"global_step\": 1, \"a\": 1").log(2, "\"global_step\": 2, \"a\": 2");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STEPS,
        STEPS + "?downsample=100&since_step=1",
        "/api/runs/r1/metrics",
        "/api/runs/r1/images",
        "/api/runs/r1/media/a.png",
        "/api/runs",
        "/api/runs/r1",
        "/api/runs/none/metrics",
        "/api/runs/r1/metrics?downsample=1",
        "/api/none"
      })
  void head_has_the_status_and_the_headers_of_get_and_no_body(String path) {
    HttpResponse<String> get = server.get(path);

    HttpResponse<String> head = server.send("HEAD", path);

    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.body()).isEmpty();
    assertThat(headers(head)).isEqualTo(headers(get));
    head.headers()
        .firstValue("Content-Length")
        .ifPresent(
            length -> assertThat(get.headers().firstValue("Content-Length")).hasValue(length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/runs/r1/progress", "/api/health"})
  void head_has_the_headers_of_what_is_another_text_each_time(String path) {
    HttpResponse<String> head = server.send("HEAD", path);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(headers(head)).isEqualTo(headers(server.get(path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STEPS,
        STEPS + "/stream",
        "/api/runs",
        "/api/runs/stream",
        "/api/runs/r1",
        "/api/runs/r1/metrics",
        "/api/runs/r1/images",
        "/api/runs/r1/progress",
        "/api/v2/experiments",
        "/api/v2/experiments/r1",
        "/api/v2/experiments/r1/metrics/fast",
        "/api/v2/series",
        "/api/v2/series/stream",
        "/api/metrics/cache/stats",
        "/api/health"
      })
  void an_unknown_parameter_is_refused_for_head_too(String path) {
    assertThat(server.get(path + "?nonsense=1").statusCode()).isEqualTo(400);
    assertThat(server.send("HEAD", path + "?nonsense=1").statusCode()).isEqualTo(400);
  }

  @Test
  void head_is_told_too_that_the_client_has_the_answer() {
    String tag = server.send("HEAD", STEPS).headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> head = server.send("HEAD", STEPS, "If-None-Match", tag);

    assertThat(head.statusCode()).isEqualTo(304);
    assertThat(server.get(STEPS, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void no_row_is_read_for_head() {
    StringBuilder lines = new StringBuilder();
    for (int step = 3; step < 50_000; step++) {
      lines
          .append("{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"step\": ")
          .append(step)
          .append("}}\n");
    }
    run.append(lines.toString());
    server.send("HEAD", STEPS);
    long reads = server.cache().statistics().segmentReloads();

    assertThat(server.send("HEAD", STEPS).headers().firstValue("X-Row-Count")).hasValue("49999");
    assertThat(server.cache().statistics().segmentReloads()).isEqualTo(reads);
    server.get(STEPS);
    assertThat(server.cache().statistics().segmentReloads()).isGreaterThan(reads);
  }

  @Test
  void a_connection_goes_on_behind_an_answer_to_head() throws IOException {
    String head = "HEAD " + STEPS + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String last = "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write((head + head + last).getBytes(StandardCharsets.US_ASCII));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      String[] parts = text.split("\r\n\r\n", -1);
      assertThat(parts).hasSize(4);
      assertThat(parts[1]).startsWith("HTTP/1.1 200");
      assertThat(parts[2]).startsWith("HTTP/1.1 200");
    }
  }

  /** Returns all headers but those of the moment, and of how the body is cut. */
  private static Map<String, List<String>> headers(HttpResponse<String> response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers().map());
    headers.keySet().removeAll(MOMENTARY);
    return headers;
  }
}
