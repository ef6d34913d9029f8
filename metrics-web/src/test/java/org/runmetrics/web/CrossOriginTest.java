package org.runmetrics.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
  private static final String STEPS = "/api/runs/r1/metrics_step";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun.create(root, "r1", "running").log(1, "\"global_step\": 1, \"a\": 1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void every_header_of_ours_can_be_read_by_pages_of_other_origins() {
    HttpResponse<String> response = server.get(STEPS);
    List<String> exposed =
        List.of(
            response
                .headers()
                .firstValue("Access-Control-Expose-Headers")
                .orElseThrow()
                .toLowerCase(Locale.ROOT)
                .split(", ", -1));

    assertThat(exposed).contains("etag", "x-cursor", "x-reset", "content-disposition");
    assertThat(exposed)
        .containsAll(
            response.headers().map().keySet().stream()
                .filter(name -> name.startsWith("x-"))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {STEPS, "/api/runs", "/api/health", "/api/runs/none/metrics", "/api/none"})
  void a_browser_that_asks_first_may_send_what_clients_send(String path) {
    HttpResponse<String> response =
        server.send(
            "OPTIONS",
            path,
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "accept,if-none-match,last-event-id");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("GET", "HEAD");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("If-None-Match", "Last-Event-ID", "Accept", "Cache-Control");
    assertThat(response.headers().firstValue("Access-Control-Max-Age")).isPresent();
  }

  @Test
  void who_just_asks_for_options_is_told_the_methods() {
    HttpResponse<String> response = server.send("OPTIONS", STEPS);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET", "HEAD");
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();
  }

  @Test
  void with_a_setting_only_pages_of_its_origins_may_read() throws IOException {
    server.close();
    server =
        TestServer.of(
            root,
            Map.of(
                "metrics.ratelimit.enabled",
                "false",
                "metrics.origins",
                "https://lab.example.org"));

    HttpResponse<String> allowed = server.send("GET", STEPS, "Origin", "https://lab.example.org");
    HttpResponse<String> other = server.send("GET", STEPS, "Origin", "https://elsewhere.org");

    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://lab.example.org");
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(other.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
    assertThat(other.statusCode()).isEqualTo(200);
  }
}
