package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class RunDetailTest {
  private static final String DETAIL = "/api/runs/r1";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_run_that_says_nothing_has_empty_facts() {
    TestRun.create(root, "r1", "finished");

    assertThat(server.get(DETAIL).body())
        .contains(
            "\"start_time\":null,\"started_at\":null,\"end_time\":null,\"ended_at\":null,",
            "\"hostname\":null,",
            ",\"duration\":null,\"parameters\":{},\"parameters_left_out\":0,\"summary\":{},"
                + "\"summary_left_out\":0,\"images_count\":0,\"skipped_lines\":0}");
  }

  @Test
  void times_have_both_names_and_a_finished_run_its_duration() {
    TestRun.create(root, "r1", "finished")
        .write("meta.json", "{\"created_at\": 90.5, \"hostname\": \"gpu-1\"}")
        .write(
            "status.json", "{\"status\": \"finished\", \"started_at\": 100, \"ended_at\": 160.25}");

    assertThat(server.get(DETAIL).body())
        .contains(
            "\"created_time\":90.5,\"created_at\":90.5,\"start_time\":100.0,\"started_at\":100.0,"
                + "\"end_time\":160.25,\"ended_at\":160.25,",
            "\"hostname\":\"gpu-1\"",
            "\"duration\":60.25");
  }

  @Test
  void a_run_that_ended_without_saying_when_ended_with_its_last_event() {
    TestRun.create(root, "r1", "failed")
        .log(100, "\"global_step\": 1, \"a\": 1")
        .log(130.5, "\"global_step\": 2, \"a\": 1");

    JsonObject detail = server.object(DETAIL);

    assertThat(detail.getJsonNumber("duration").doubleValue()).isEqualTo(30.5);
    assertThat(detail.get("end_time")).isEqualTo(JsonValue.NULL);
  }

  @ParameterizedTest
  @CsvSource({
    "1736868645.123, 1736868645.456, 0.333",
    "5, 1, 0.0",
    "-1e308, 1e308, null",
    "1, NaN, null",
  })
  void a_duration_shows_what_the_times_tell(String start, String end, String duration) {
    TestRun.create(root, "r1", "finished")
        .write("status.json", "{\"started_at\": " + start + ", \"ended_at\": " + end + "}");

    assertThat(server.get(DETAIL).body()).contains("\"duration\":" + duration + ",");
    assertThat(server.get(DETAIL + "/progress").statusCode()).isEqualTo(200);
  }

  @Test
  void the_summary_is_answered_as_it_is() {
    TestRun.create(root, "r1", "finished")
        .write(
            "summary.json",
            "{\"best_metric_value\": NaN, \"steps\": 9007199254740993, \"acc\": 1.0, \"nested\":"
                + " {\"b\": [1, -Infinity, {\"c\": true}], \"a\": {}}, \"<img>\": \"\\u202e\\n\","
                + " \"__proto__\": null}");

    assertThat(server.get(DETAIL).body())
        .contains(
            "\"summary\":{\"best_metric_value\":null,\"steps\":9007199254740993,\"acc\":1.0,"
                + "\"nested\":{\"b\":[1,null,{\"c\":true}],\"a\":{}},"
                + "\"<img>\":\"\u202e\\u000a\",\"__proto__\":null},\"summary_left_out\":0");
  }

  @Test
  void parameters_are_one_flat_object() {
    TestRun.create(root, "r1", "finished")
        .write(
            "assets.json",
            "{\"config\": {\"args\": {\"lr\": 1e-3, \"model\": {\"layers\": [64, 64], \"name\":"
                + " \"a, b\"}, \"debug\": false}}}");

    assertThat(server.get(DETAIL).body())
        .contains(
            "\"parameters\":{\"lr\":0.001,\"model.layers\":[64,64],\"model.name\":\"a, b\","
                + "\"debug\":false},\"parameters_left_out\":0");
  }

  @Test
  void the_detail_of_a_finished_run_keeps_its_tag_until_something_changes() {
    TestRun run = TestRun.create(root, "r1", "finished").write("assets.json", "{}");
    String tag = tag(server.get(DETAIL));
    assertThat(tag).startsWith("\"");
    assertThat(server.get(DETAIL, "If-None-Match", tag).statusCode()).isEqualTo(304);

    run.write("assets.json", "{\"config\": {\"args\": {\"lr\": 1}}}");
    assertThat(server.get(DETAIL, "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void the_duration_of_a_running_run_goes_on_and_its_tag_lasts_a_while() {
    double started = Instant.now().toEpochMilli() / 1000.0 - 100;
    TestRun run =
        TestRun.create(root, "r1", "running")
            .write("status.json", "{\"status\": \"running\", \"started_at\": " + started + "}");
    double first = duration();
    assertThat(first).isBetween(100.0, 160.0);

    // As many answers as there can be in the time of two tags, of which one ends at most.
    long distinct = 0;
    String last = "";
    while (duration() < first + 0.5) {
      HttpResponse<String> answer = server.get(DETAIL);
      assertThat(tag(answer)).startsWith("W/\"");
      distinct += tag(answer).equals(last) ? 0 : 1;
      last = tag(answer);
    }
    assertThat(distinct).isBetween(1L, 2L);

    run.write("summary.json", "{\"acc\": 1}");
    assertThat(server.get(DETAIL, "If-None-Match", last).statusCode()).isEqualTo(200);
  }

  private double duration() {
    return server.object(DETAIL).getJsonNumber("duration").doubleValue();
  }

  private static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }
}
