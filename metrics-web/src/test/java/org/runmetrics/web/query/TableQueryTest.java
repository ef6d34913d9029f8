package org.runmetrics.web.query;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class TableQueryTest {
  private static final int STEPS = 1000;
  private static final int SPIKE = 637;
  private static final String BY_STEP = "/api/runs/r1/metrics_step";
  private static final String BY_TIME = "/api/runs/r1/metrics";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun run = TestRun.create(root, "r1", "running");
    for (int step = 0; step < STEPS; step++) {
      String loss = step == SPIKE ? "1e6" : "0." + (100 + step % 7);
      String rare = step % 100 == 0 ? ", \"val_loss\": " + (2000 - step) : "";
      run.log(
          1_700_000_000.1 + step * 0.3, "\"global_step\": " + step + ", \"loss\": " + loss + rare);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {BY_STEP, BY_TIME})
  void a_sample_has_no_more_rows_than_asked_for_and_keeps_the_spike(String view) {
    HttpResponse<String> response = server.get(view + "?downsample=100");
    JsonObject body = TestServer.parse(response.body()).asJsonObject();
    JsonArray rows = body.getJsonArray("rows");

    assertThat(rows).hasSizeLessThanOrEqualTo(100).hasSizeGreaterThan(50);
    assertThat(body.getInt("total")).isEqualTo(STEPS);
    assertThat(body.getInt("sampled")).isEqualTo(rows.size());
    assertThat(response.headers().firstValue("X-Total-Count")).hasValue("" + STEPS);
    assertThat(response.headers().firstValue("X-Row-Count")).hasValue("" + rows.size());
    assertThat(response.headers().firstValue("X-Last-Step")).hasValue("" + (STEPS - 1));
    assertThat(rows.getValuesAs(JsonObject.class))
        .anyMatch(row -> row.getJsonNumber("loss").doubleValue() == 1e6)
        .anyMatch(row -> row.containsKey("val_loss") && row.getInt("val_loss") == 2000)
        .anyMatch(row -> row.containsKey("val_loss") && row.getInt("val_loss") == 1100);
  }

  @Test
  void a_sample_of_as_many_rows_as_there_are_is_all_of_them() {
    assertThat(server.get(BY_STEP + "?downsample=1000").body())
        .isEqualTo(server.get(BY_STEP).body());
  }

  @ParameterizedTest
  @CsvSource({"-1,1000", "0,999", "500,499", "998,1", "999,0", "9223372036854775807,0"})
  void rows_behind_a_step_are_answered(long step, int rows) {
    JsonObject body = server.object(BY_STEP + "?since_step=" + step);

    assertThat(body.getJsonArray("rows")).hasSize(rows);
    assertThat(body.getInt("total")).isEqualTo(rows);
    if (rows > 0) {
      JsonObject first = body.getJsonArray("rows").getJsonObject(0);
      assertThat(first.getJsonNumber("global_step").longValue()).isEqualTo(step + 1);
    }
  }

  @Test
  void rows_behind_a_time_never_repeat_the_row_of_that_time() {
    JsonArray all = server.object(BY_TIME).getJsonArray("rows");

    for (int last = 0; last < STEPS; last += 37) {
      String time = all.getJsonObject(last).getJsonNumber("time").toString();
      assertThat(server.object(BY_TIME + "?since_time=" + time).getJsonArray("rows"))
          .isEqualTo(all.subList(last + 1, STEPS));
    }
    assertThat(server.object(BY_TIME + "?since_time=-1").getJsonArray("rows")).isEqualTo(all);
    assertThat(server.object(BY_TIME + "?since_time=1e300").getJsonArray("rows")).isEmpty();
  }

  @Test
  void what_lies_behind_a_step_is_sampled_by_itself() {
    JsonObject body = server.object(BY_STEP + "?since_step=499&downsample=100");

    assertThat(body.getInt("total")).isEqualTo(500);
    assertThat(body.getJsonArray("rows").getJsonObject(0).getInt("global_step")).isEqualTo(500);
    assertThat(body.getJsonArray("rows")).hasSizeLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "downsample=99|422|downsample must be an integer from 100 to 50000, not 99",
        "downsample=50001|422|downsample must be an integer from 100 to 50000, not 50001",
        "downsample=1e3|422|downsample must be an integer from 100 to 50000, not 1e3",
        "since_step=soon|400|since_step must be an integer of 64 bits, not soon",
        "missing=nil|400|missing must be absent or null, not nil",
        "missing=null&missing=null|400|missing must be given once, not 2 times"
      })
  void a_wrong_value_is_named_with_what_is_allowed(String query, int status, String detail) {
    HttpResponse<String> response = server.get(BY_STEP + "?" + query);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(TestServer.parse(response.body()).asJsonObject().getString("detail"))
        .isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "downsampel,downsample",
    "sincestep,since_step",
    "Missing,missing",
    "non_finite,nonfinite"
  })
  void an_unknown_parameter_is_an_error_that_names_the_nearest(String name, String nearest) {
    HttpResponse<String> response = server.get(BY_STEP + "?" + name + "=100");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("Unknown parameter " + name + ", did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs/r1",
        "/api/runs/r1/progress",
        "/api/health",
        "/api/metrics/cache/stats"
      })
  void where_no_parameter_is_known_each_is_an_error(String path) {
    assertThat(server.get(path).statusCode()).isEqualTo(200);
    assertThat(server.get(path + "?limit=1").body())
        .isEqualTo("{\"detail\":\"Unknown parameter limit, none is known here\"}");
  }
}
