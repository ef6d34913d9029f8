package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class SelectionTest {
  private static final String FAST = "/api/v2/experiments/r1/metrics/fast";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun run = TestRun.create(root, "r1", "finished");
    for (int step = 0; step < 500; step++) {
      String rare = step % 50 == 0 ? ", \"val_loss\": " + step : "";
      run.log(1, "\"global_step\": " + step + ", \"loss\": 0." + step + rare);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void all_rows_are_answered_without_filters() {
    JsonObject answer = server.object(FAST);

    assertThat(answer.getJsonArray("columns"))
        .hasToString("[\"global_step\",\"loss\",\"val_loss\"]");
    assertThat(answer.getJsonArray("rows")).hasSize(500);
    assertThat(answer.getInt("total_points")).isEqualTo(500);
    assertThat(answer.getJsonNumber("query_time_ms").doubleValue()).isPositive();
    assertThat(answer.getJsonObject("applied_filters"))
        .hasToString("{\"metrics\":null,\"step_range\":null,\"downsampled\":false}");
  }

  @Test
  void only_rows_that_have_one_of_the_metrics_are_answered() {
    JsonObject answer = server.object(FAST + "?metric_names=val_loss,none&step_range=100:");

    assertThat(answer.getJsonArray("columns")).hasToString("[\"global_step\",\"val_loss\"]");
    assertThat(answer.getJsonArray("rows").getValuesAs(JsonObject.class))
        .extracting(row -> row.getInt("val_loss"))
        .containsExactly(100, 150, 200, 250, 300, 350, 400, 450);
    assertThat(answer.getJsonObject("applied_filters"))
        .hasToString(
            "{\"metrics\":[\"val_loss\",\"none\"],\"step_range\":\"100:\",\"downsampled\":false}");
  }

  @ParameterizedTest
  @CsvSource({"0:499,500", "10:19,10", ":9,10", "490:,10", ":,500", "600:700,0"})
  void a_range_of_steps_includes_both_ends(String range, int rows) {
    assertThat(server.object(FAST + "?step_range=" + range).getJsonArray("rows")).hasSize(rows);
  }

  @Test
  void steps_are_exact_beyond_what_doubles_hold() {
    TestRun run = TestRun.create(root, "r2", "finished");
    for (long step = 9007199254740992L; step < 9007199254740997L; step++) {
      run.log(1, "\"global_step\": " + step + ", \"loss\": 1");
    }

    assertThat(
            server
                .get(FAST.replace("r1", "r2") + "?step_range=9007199254740993:9007199254740993")
                .body())
        .contains("\"rows\":[{\"global_step\":9007199254740993,\"loss\":1}]");
  }

  @Test
  void a_sample_tells_how_many_rows_there_were() {
    JsonObject answer = server.object(FAST + "?downsample=100&step_range=100:399");

    assertThat(answer.getJsonArray("rows")).hasSizeBetween(50, 100);
    assertThat(answer.getInt("total_points")).isEqualTo(300);
    assertThat(answer.getJsonObject("applied_filters").getBoolean("downsampled")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "step_range=5, 400",
    "step_range=9:1, 400",
    "step_range=9.5:10, 400",
    "downsample=5, 422",
    "metric=loss, 400"
  })
  void wrong_filters_are_told(String query, int status) {
    HttpResponse<String> response = server.get(FAST + "?" + query);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(query.substring(0, query.indexOf('=')));
  }

  @Test
  void who_has_the_answer_gets_no_other() {
    HttpResponse<String> first = server.get(FAST + "?downsample=100");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    assertThat(server.get(FAST + "?downsample=100", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(server.get(FAST + "?downsample=101", "If-None-Match", tag).statusCode())
        .isEqualTo(200);
  }
}
