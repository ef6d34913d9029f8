package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.push.Workers;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;
import org.runmetrics.web.stream.EventClient;

@Timeout(60)
class AccessLogTest {
  /** Held, as loggers that nobody holds forget their handlers. */
  private static final Logger LOGGER = Logger.getLogger("org.runmetrics.access");

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    LOGGER.setUseParentHandlers(false);
    LOGGER.setLevel(Level.INFO);
    LOGGER.addHandler(handler);
    server =
        TestServer.of(
            root, Map.of("metrics.accesslog.enabled", "true", "metrics.proxies", "127.0.0.1"));
    TestRun.create(root, "secret-run", "running")
        .log(1, "\"global_step\": 1, \"loss\": 0.5")
        .log(2, "\"global_step\": 2, \"loss\": 0.25");
  }

  @AfterEach
  void stop() {
    server.close();
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  @Test
  void a_request_is_a_line_without_what_it_is_about() throws InterruptedException {
    HttpResponse<String> answer =
        server.get(
            "/api/runs/secret-run/metrics_step?since_step=1",
            "X-Request-Id",
            "from-proxy.1",
            "X-Forwarded-For",
            "10.1.2.3");

    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("from-proxy.1");
    assertThat(line())
        .matches(
            "id=from-proxy.1 client=10.1.2.3 method=GET route=/api/runs/\\{run_id}/metrics_step"
                + " status=200 rows=1 bytes="
                + answer.body().length()
                + " left=no ms=\\d+\\.\\d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\u00A0feed", "a;b"})
  void an_id_that_could_be_anything_is_made_anew(String id) throws InterruptedException {
    HttpResponse<String> answer = server.get("/api/runs", "X-Request-Id", id);
    String made = answer.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(made).matches("[0-9a-f]{16}");
    assertThat(line()).startsWith("id=" + made + " ");
  }

  @Test
  void an_offer_of_another_protocol_that_is_no_socket_is_told_with_its_bytes() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client
          .getOutputStream()
          .write(
              "GET /api/runs/none HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
    }
    assertThat(line()).contains("status=404 ").doesNotContain("bytes=0");
  }

  @Test
  void errors_are_told_as_well() throws InterruptedException {
    server.get("/api/runs/none");
    assertThat(line()).contains("route=/api/runs/{run_id} status=404 rows=- ");
    server.get("/nothing/here");
    assertThat(line()).contains("route=other status=404 ");
  }

  @Test
  void a_stream_is_told_when_it_has_ended() throws Exception {
    try (EventClient client =
        EventClient.open(server, "/api/runs/secret-run/metrics_step/stream")) {
      assertThat(lines).isEmpty();
      server.stop().stop();
      client.awaitEnd();
    }
    assertThat(line()).contains("route=/api/runs/{run_id}/metrics_step/stream status=200 ");
  }

  @Test
  void a_log_that_is_too_slow_leaves_lines_out_and_says_how_many() {
    List<String> written = new ArrayList<>();
    try (Workers none = new Workers(work -> new Thread(() -> {}))) {
      AccessLog log = new AccessLog(true, none, written::add);
      AnsweredRequest request =
          new AnsweredRequest(
              RequestId.of(Optional.of("x")),
              "127.0.0.1",
              "GET",
              Route.of("/"),
              200,
              Optional.empty(),
              1,
              false,
              Duration.ZERO);
      for (int i = 0; i < 10_005; i++) {
        log.add(request);
      }
      log.close();
    }
    assertThat(written)
        .hasSize(10_001)
        .contains("5 requests are not in this log, which is too slow for them");
  }

  private String line() throws InterruptedException {
    return String.valueOf(lines.poll(20, TimeUnit.SECONDS));
  }
}
