package org.runmetrics.web.summary;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class SummaryTest {
  private static final String SUMMARY = "/api/v2/summary";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun.create(root, "r1", "running")
        .log(1000, "\"global_step\": 1, \"loss\": NaN, \"tokens\": 10, \"stage\": \"warm-up\"")
        .log(1001, "\"global_step\": 2, \"loss\": 2.5, \"tokens\": 9007199254740993")
        .log(1002, "\"global_step\": 3, \"loss\": 0.5, \"val/acc\": 1")
        .log(1003, "\"global_step\": 4, \"loss\": 0.5, \"val/acc\": 0.25, \"time\": 1003.5");
    TestRun.create(root, "empty", "finished");
    TestRun.create(root, "broken", "finished").append("no json\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_metric_has_its_ends_its_extremes_and_their_steps() {
    assertThat(body("?runs=r1"))
        .isEqualTo(
            "{\"summary\":["
                + "{\"run\":\"r1\",\"metric\":\"loss\",\"first\":2.5,\"last\":0.5,\"min\":0.5,"
                + "\"max\":2.5,\"min_step\":3,\"max_step\":2,\"count\":3,\"nonfinite\":1},"
                + "{\"run\":\"r1\",\"metric\":\"tokens\",\"first\":10,\"last\":9007199254740993,"
                + "\"min\":10,\"max\":9007199254740993,\"min_step\":1,\"max_step\":2,\"count\":2,"
                + "\"nonfinite\":0},"
                + "{\"run\":\"r1\",\"metric\":\"val/acc\",\"first\":1.0,\"last\":0.25,\"min\":0.25,"
                + "\"max\":1.0,\"min_step\":4,\"max_step\":3,\"count\":2,\"nonfinite\":0}],"
                + "\"missing\":{\"runs\":[],\"metrics\":[]}}");
  }

  @Test
  void of_a_step_that_was_logged_again_the_later_value_counts() {
    TestRun.create(root, "r2", "finished")
        .log(1, "\"global_step\": 1, \"loss\": 9.5")
        .log(2, "\"global_step\": 2, \"loss\": 1.5")
        .log(3, "\"global_step\": 1, \"loss\": 3.5");

    assertThat(body("?runs=r2"))
        .contains(
            "\"first\":3.5,\"last\":1.5,\"min\":1.5,\"max\":3.5,\"min_step\":2,\"max_step\":1,"
                + "\"count\":2");
  }

  @Test
  void a_metric_without_a_finite_value_has_none() {
    TestRun.create(root, "r2", "finished").log(1, "\"global_step\": 1, \"loss\": Infinity");

    assertThat(body("?runs=r2"))
        .contains(
            "\"first\":null,\"last\":null,\"min\":null,\"max\":null,\"min_step\":null,"
                + "\"max_step\":null,\"count\":0,\"nonfinite\":1");
  }

  @Test
  void a_run_that_logged_no_step_is_told_by_its_events() {
    TestRun.create(root, "r2", "finished").log(1, "\"loss\": 2").log(2, "\"loss\": 1");

    assertThat(body("?runs=r2"))
        .contains("\"first\":2,\"last\":1,\"min\":1,\"max\":2,\"min_step\":null", "\"count\":2");
  }

  @Test
  void runs_and_metrics_come_in_the_order_asked_for_and_what_is_missing_is_named() {
    TestRun.create(root, "a,b", "finished")
        .log(1, "\"global_step\": 1, \"loss\": 1, \"<img>\": 2, \"__proto__\": 3");

    JsonObject answer =
        server.object(SUMMARY + "?runs=a,b&runs=none,broken,r1,empty&metrics=val/*,nix,_*,loss");

    assertThat(answer.getJsonArray("summary").getValuesAs(JsonObject.class))
        .extracting(entry -> entry.getString("run") + " " + entry.getString("metric"))
        .containsExactly("a,b __proto__", "a,b loss", "r1 val/acc", "r1 loss");
    assertThat(answer.getJsonObject("missing"))
        .hasToString("{\"runs\":[\"none\",\"broken\"],\"metrics\":[\"nix\"]}");
  }

  @Test
  void a_run_without_events_has_nothing_to_tell() {
    assertThat(body("?runs=empty"))
        .isEqualTo("{\"summary\":[],\"missing\":{\"runs\":[],\"metrics\":[]}}");
  }

  @Test
  void the_answer_keeps_its_tag_until_a_line_is_added() {
    HttpResponse<String> first = server.get(SUMMARY + "?runs=r1");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> head = server.send("HEAD", SUMMARY + "?runs=r1");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).hasValue(tag);
    assertThat(server.get(SUMMARY + "?runs=r1", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(tags("?runs=r1", "?runs=r1&metrics=loss", "?runs=r1,empty")).doesNotHaveDuplicates();

    TestRun.create(root, "r1", "running").log(1004, "\"global_step\": 5, \"loss\": 0.25");
    HttpResponse<String> grown = server.get(SUMMARY + "?runs=r1", "If-None-Match", tag);
    assertThat(grown.body()).contains("\"last\":0.25,\"min\":0.25,\"max\":2.5,\"min_step\":5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|400|runs must be one or more run ids with commas between, not empty",
        "?runs=none|404|Run not found: none",
        "?runs=broken|500|Failed to parse metrics file",
        "?runs=r1&metric=loss|400|Unknown parameter metric, did you mean metrics? Known are runs"
            + " and metrics",
      })
  void what_cannot_be_answered_is_told(String query, int status, String detail) {
    HttpResponse<String> response = server.get(SUMMARY + (query == null ? "" : query));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(TestServer.parse(response.body()).asJsonObject().getString("detail"))
        .isEqualTo(detail);
  }

  private String body(String query) {
    return server.get(SUMMARY + query).body();
  }

  private List<String> tags(String... queries) {
    return List.of(queries).stream()
        .map(query -> server.get(SUMMARY + query).headers().firstValue("ETag").orElseThrow())
        .toList();
  }
}
