package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class ErrorTest {
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
  void an_unknown_run_is_named() {
    for (String path : new String[] {"", "/metrics", "/metrics_step", "/progress"}) {
      assertProblem(
          server.get("/api/runs/20250114_999999_zzz999" + path),
          404,
          "Run not found: 20250114_999999_zzz999");
    }
  }

  @Test
  void an_unknown_path_is_named() {
    assertProblem(server.get("/api/nothing/here"), 404, "Not found: /api/nothing/here");
  }

  @Test
  void a_method_that_is_not_allowed_is_told_the_ones_that_are() {
    HttpResponse<String> response = server.send("POST", "/api/runs");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET");
    assertThat(TestServer.parse(response.body()).asJsonObject().getString("detail"))
        .startsWith("Method not allowed")
        .contains("GET");
  }

  @Test
  void a_form_that_is_not_available_is_told_the_one_that_is() {
    assertProblem(
        server.get("/api/runs", "Accept", "image/png"),
        406,
        "Not acceptable, only application/json is available, and for tables text/csv and application/x-ndjson");
  }

  @Test
  void a_bad_parameter_is_named_with_what_it_may_be() {
    assertProblem(
        server.get("/api/runs/r1/metrics_step?missing=maybe"),
        400,
        "missing must be absent or null, not maybe");
    assertProblem(
        server.get("/api/runs/r1/metrics?nonfinite=7"),
        400,
        "nonfinite must be null or string, not 7");
  }

  private static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(response.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
  }
}
