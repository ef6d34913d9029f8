package org.runmetrics.web.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class NumberTextTest {
  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun.create(root, "r1", "finished").log(1, "\"global_step\": 1, \"a\": 1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v2/experiments?created_after=",
        "/api/v2/experiments?created_before=",
        "/api/v2/experiments?best_metric_min=",
        "/api/v2/experiments?best_metric_max=",
        "/api/v2/experiments?page=",
        "/api/v2/experiments?per_page=",
        "/api/v2/series?runs=r1&points=",
        "/api/v2/series?runs=r1&smooth=ema:",
        "/api/v2/series?runs=r1&range=:",
        "/api/v2/experiments/r1/metrics/fast?downsample=",
        "/api/v2/experiments/r1/metrics/fast?step_range=:",
        "/api/runs/r1/metrics?since_time=",
        "/api/runs/r1/metrics?downsample=",
        "/api/runs/r1/metrics_step?since_step=",
        "/api/runs/r1/metrics_step?downsample="
      })
  void what_only_java_calls_a_number_is_refused(String path) {
    for (String value :
        List.of(
            "0x1p-1",
            "0.5f",
            "0.5d",
            "100L",
            "0x64",
            "NaN",
            "Infinity",
            "-Infinity",
            " 100 ",
            " 0.5",
            "0.5 ",
            "1_000",
            "1e999",
            "\u0661\u0660\u0660",
            ".",
            "e5",
            "+",
            "--5",
            " ")) {
      String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
      HttpResponse<String> response = server.get(path + encoded);
      assertThat(response.statusCode()).as(path + value).isBetween(400, 422);
      assertThat(response.body()).as(path + value).contains("must be");
    }
  }

  @Test
  void decimals_are_read_with_point_and_exponent() {
    for (String value : List.of("0.5", ".5", "5e-1", "5.E-1", "%2B0.5", "50e-2")) {
      assertThat(server.get("/api/v2/series?runs=r1&smooth=ema:" + value).statusCode())
          .as(value)
          .isEqualTo(200);
      assertThat(server.get("/api/v2/experiments?created_after=" + value).statusCode())
          .as(value)
          .isEqualTo(200);
    }
  }
}
