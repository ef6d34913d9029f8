package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class SeriesTest {
  private static final String SERIES = "/api/v2/series";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun first = TestRun.create(root, "r1", "running");
    TestRun second = TestRun.create(root, "r2", "finished");
    for (int step = 0; step < 100; step++) {
      first.log(
          1000 + step / 2.0,
          "\"global_step\": " + step + ", \"loss\": 0." + step + ", \"tokens\": " + 10 * step);
    }
    second.log(2000, "\"global_step\": 1, \"loss\": NaN, \"val/acc\": 1, \"stage\": \"warm-up\"");
    second.log(2001, "\"global_step\": 2, \"loss\": 2, \"val/loss\": 0.5");
    second.log(2003, "\"global_step\": 4, \"loss\": 3.5");
    TestRun.create(root, "broken", "finished").append("no json\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_metric_has_points_of_its_own() {
    assertThat(body("?runs=r2"))
        .isEqualTo(
            "{\"axis\":\"step\",\"points\":1000,\"series\":["
                + "{\"run\":\"r2\",\"metric\":\"loss\",\"total\":3,\"x\":[1,2,4],\"y\":[null,2.0,3.5]},"
                + "{\"run\":\"r2\",\"metric\":\"val/acc\",\"total\":1,\"x\":[1],\"y\":[1]},"
                + "{\"run\":\"r2\",\"metric\":\"val/loss\",\"total\":1,\"x\":[2],\"y\":[0.5]}],"
                + "\"missing\":{\"runs\":[],\"metrics\":[]},\"truncated\":false}");
  }

  @Test
  void series_come_in_the_order_asked_for_and_what_is_missing_is_named() {
    JsonObject answer = server.object(SERIES + "?runs=r2,none,broken,r1&metrics=val/*,nix,loss");

    assertThat(answer.getJsonArray("series").getValuesAs(JsonObject.class))
        .extracting(series -> series.getString("run") + " " + series.getString("metric"))
        .containsExactly("r2 val/acc", "r2 val/loss", "r2 loss", "r1 loss");
    assertThat(answer.getJsonObject("missing"))
        .hasToString("{\"runs\":[\"none\",\"broken\"],\"metrics\":[\"nix\"]}");
  }

  @Test
  void clocks_are_answered_only_when_they_are_asked_for() {
    TestRun.create(root, "r3", "finished")
        .log(1, "\"global_step\": 1, \"loss\": 2, \"time\": 3.5, \"ts\": 4.5, \"times\": 5");

    assertThat(metrics("?runs=r3")).containsExactly("loss", "times");
    assertThat(metrics("?runs=r3&metrics=ts,loss,time")).containsExactly("ts", "loss", "time");
    assertThat(metrics("?runs=r3&metrics=t*")).containsExactly("time", "ts", "times");
  }

  @Test
  void a_run_that_cannot_be_read_is_named_as_missing() throws IOException {
    TestRun secret = TestRun.create(root, "secret", "finished");
    secret.log(2000, "\"global_step\": 1, \"loss\": 1");
    Path events = secret.directory().resolve("events.jsonl");
    Files.setPosixFilePermissions(events, Set.of());
    assumeFalse(Files.isReadable(events), "this user may read every file");

    JsonObject answer = server.object(SERIES + "?runs=r2,secret&metrics=loss");

    assertThat(answer.getJsonArray("series")).hasSize(1);
    assertThat(answer.getJsonObject("missing"))
        .hasToString("{\"runs\":[\"secret\"],\"metrics\":[]}");
  }

  @Test
  void runs_none_of_which_can_be_read_now_are_to_be_asked_for_again() throws IOException {
    TestRun secret = TestRun.create(root, "secret", "finished");
    secret.log(2000, "\"global_step\": 1, \"loss\": 1");
    Path events = secret.directory().resolve("events.jsonl");
    Files.setPosixFilePermissions(events, Set.of());
    assumeFalse(Files.isReadable(events), "this user may read every file");

    for (String path : new String[] {SERIES + "?runs=secret", "/api/runs/secret/metrics_step"}) {
      HttpResponse<String> answer = server.get(path);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).contains("The metrics file cannot be read now, try again later");
    }
  }

  @Test
  void buckets_have_bands_and_integers_stay_integers() {
    JsonObject tokens = series("?runs=r1&metrics=tokens&points=10");

    assertThat(tokens.getInt("total")).isEqualTo(100);
    assertThat(tokens.getJsonArray("x")).hasToString("[0,10,20,30,40,50,60,70,80,90]");
    assertThat(tokens.getJsonArray("y"))
        .hasToString("[45.0,145.0,245.0,345.0,445.0,545.0,645.0,745.0,845.0,945.0]");
    assertThat(tokens.getJsonArray("min")).hasToString("[0,100,200,300,400,500,600,700,800,900]");
    assertThat(tokens.getJsonArray("max")).hasToString("[90,190,290,390,490,590,690,790,890,990]");
  }

  @ParameterizedTest
  @CsvSource({
    "time, '[1049.0,1049.5]'",
    "relative, '[49.0,49.5]'",
    "tokens, '[980.0,990.0]'",
    "step, '[98,99]'"
  })
  void any_of_four_axes_may_be_asked_for(String axis, String last) {
    JsonObject series = series("?runs=r1&metrics=loss&axis=" + axis);

    assertThat(series.getJsonArray("x").subList(98, 100)).hasToString(last.replace(",", ", "));
    assertThat(series.getJsonArray("y")).hasSize(100);
  }

  @Test
  void a_range_zooms_in_until_the_values_are_exact() {
    JsonObject series = series("?runs=r1&metrics=loss&points=10&range=20:29");

    assertThat(series.getInt("total")).isEqualTo(10);
    assertThat(series.getJsonArray("x")).hasToString("[20,21,22,23,24,25,26,27,28,29]");
    assertThat(series).doesNotContainKey("min");
    assertThat(series("?runs=r1&metrics=loss&range=90:").getInt("total")).isEqualTo(10);
    assertThat(series("?runs=r1&metrics=loss&range=:4.5").getInt("total")).isEqualTo(5);
  }

  @Test
  void smoothing_starts_at_the_first_value_and_reads_no_gap() {
    JsonObject series = series("?runs=r2&metrics=loss&smooth=ema:0.5");

    assertThat(series.getJsonArray("y")).hasToString("[null,2.0,3.0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|400|runs must be one or more run ids with commas between, not empty",
        "?runs=none|404|Run not found: none",
        "?runs=broken|500|Failed to parse metrics file",
        "?runs=r1&points=9|422|points must be an integer from 10 to 10000, not 9",
        "?runs=r1&shape=line|400|shape must be minmax, lttb or raw, not line",
        "?runs=r1&smooth=ema:1|400|smooth must be ema:W with a weight W above 0 and below 1, such"
            + " as ema:0.9, not ema:1",
        "?runs=r1&range=5|400|range must be min:max with numbers, min not above max, either of"
            + " which may be empty, not 5",
        "?runs=r1&range=5:1|400|range must be min:max with numbers, min not above max, either of"
            + " which may be empty, not 5:1",
        "?runs=r1&axis=epochs|400|axis must be step, time, relative or a numeric metric of the"
            + " runs, not epochs"
      })
  void what_cannot_be_answered_is_told(String query, int status, String detail) {
    HttpResponse<String> response = server.get(SERIES + (query == null ? "" : query));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(TestServer.parse(response.body()).asJsonObject().getString("detail"))
        .isEqualTo(detail);
  }

  private List<String> metrics(String query) {
    return server
        .object(SERIES + query)
        .getJsonArray("series")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(series -> series.getString("metric"))
        .toList();
  }

  private String body(String query) {
    return server.get(SERIES + query).body();
  }

  private JsonObject series(String query) {
    return server.object(SERIES + query).getJsonArray("series").getJsonObject(0);
  }
}
