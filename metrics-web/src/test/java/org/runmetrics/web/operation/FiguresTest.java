package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;
import org.runmetrics.web.stream.EventClient;

@Timeout(60)
class FiguresTest {
  private static final String FIGURES = "/api/metrics/prometheus";

  @TempDir Path root;
  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun.create(root, "one", "running").log(1, "\"global_step\": 1, \"loss\": 0.5");
    TestRun.create(root, "two", "finished").log(1, "\"global_step\": 1, \"loss\": 0.5");
    TestRun.create(root, "three", "finished");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requests_are_counted_by_what_they_are_and_told_by_their_time() {
    server.get("/api/runs/one/metrics_step");
    server.get("/api/runs/two/metrics_step");
    server.get("/api/runs/none");
    server.get("/any/thing");

    assertThat(figures())
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/api/runs/{run_id}/metrics_step\",status=\"200\"} 2",
            "http_server_requests_seconds_bucket{method=\"GET\",route=\"/api/runs/{run_id}/metrics_step\",status=\"200\",le=\"30.0\"} 2",
            "http_server_requests_seconds_count{method=\"GET\",route=\"/api/runs/{run_id}\",status=\"404\"} 1",
            "http_server_requests_seconds_count{method=\"GET\",route=\"other\",status=\"404\"} 1")
        .contains(
            "http_server_sent_bytes_total{method=\"GET\",route=\"/api/runs/{run_id}/metrics_step\"");
  }

  @Test
  void what_the_server_holds_is_told() throws InterruptedException {
    server.get("/api/runs/one/metrics_step");
    server.get("/api/runs/one/metrics_step?since_step=0");
    try (EventClient client = EventClient.open(server, "/api/runs/stream")) {
      assertThat(figures())
          .contains(
              "runmetrics_runs{status=\"running\"} 1",
              "runmetrics_runs{status=\"finished\"} 2",
              "runmetrics_cache_queries_total{result=\"load\"} 1",
              "runmetrics_cache_queries_total{result=\"hit\"}",
              "runmetrics_cache_read_lines_total 1",
              "runmetrics_cache_skipped_lines_total 0",
              "runmetrics_cache_read_seconds_total ",
              "runmetrics_cache_loads_under_way 0",
              "runmetrics_pool_threads{pool=\"runmetrics-push\"} ",
              "runmetrics_clients_dropped_total{kind=\"streams\"} 0",
              "runmetrics_cache_bytes{tier=\"heap\"}",
              "runmetrics_cache_evictions_total{tier=\"disk\"} 0",
              "runmetrics_clients{kind=\"streams\"} 1",
              "jvm_threads_live_threads",
              "process_uptime_seconds");
      server.stop().stop();
      client.awaitEnd();
    }
  }

  @Test
  void the_format_is_open_metrics_unless_plain_text_is_asked_for() {
    HttpResponse<String> open = server.get(FIGURES);
    assertThat(open.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(open.body()).endsWith("# EOF\n");

    HttpResponse<String> plain = server.get(FIGURES, "Accept", "text/plain");
    assertThat(plain.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(plain.body()).doesNotContain("# EOF");
  }

  @Test
  void prometheus_has_nothing_to_say_against_it() throws Exception {
    server.get("/api/runs");
    Promtool.accepts(server.get(FIGURES, "Accept", "text/plain").body(), "check", "metrics");
  }

  @Test
  void prometheus_scrapes_it() throws Exception {
    Path config = data.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        scrape_configs:
          - job_name: runmetrics
            metrics_path: %s
            scrape_interval: 200ms
            scrape_timeout: 200ms
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(FIGURES, server.port()));
    int port = freePort();
    Process prometheus;
    try {
      prometheus =
          new ProcessBuilder(
                  "prometheus",
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + data.resolve("series"),
                  "--web.listen-address=127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException notThere) {
      Assumptions.abort("Nothing scrapes the figures: there is no prometheus on this machine");
      return;
    }
    try {
      String query = "http://127.0.0.1:" + port + "/api/v1/query?query=runmetrics_runs";
      String found = "";
      while (!found.contains("\"finished\"")) {
        assertThat(prometheus.isAlive()).isTrue();
        found = answer(query);
      }
      assertThat(found).contains("\"status\":\"running\"", "\"job\":\"runmetrics\"");
    } finally {
      prometheus.destroy();
      prometheus.waitFor();
    }
  }

  /** Returns an answer, or nothing while Prometheus starts. */
  private static String answer(String url) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException notYet) {
      return "";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String figures() {
    return server.get(FIGURES).body();
  }
}
