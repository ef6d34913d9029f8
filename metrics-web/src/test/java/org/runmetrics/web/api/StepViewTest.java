package org.runmetrics.web.api;

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

class StepViewTest {
  @TempDir Path root;
  private TestServer server;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run = TestRun.create(root, "r1", "running");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void columns_stand_in_the_order_in_which_they_were_first_logged() {
    run.log(1, "'loss': 0.5, 'global_step': 1, 'stage': 'train'".replace('\'', '"')).log(
        2, "\"acc\": 0.25, \"global_step\": 2, \"loss\": 0.125");

    assertThat(body())
        .isEqualTo(
            "{\"columns\":[\"global_step\",\"loss\",\"stage\",\"acc\"],\"rows\":["
                + "{\"global_step\":1,\"loss\":0.5,\"stage\":\"train\"},"
                + "{\"global_step\":2,\"loss\":0.125,\"acc\":0.25}"
                + "],\"total\":2,\"sampled\":2}");
  }

  @Test
  void events_of_one_step_merge_and_the_later_value_wins() {
    run.log(1, "\"global_step\": 5, \"loss\": 1.5, \"lr\": 0.1")
        .log(2, "\"global_step\": 3, \"loss\": 2.5").log(
        3, "\"global_step\": 5, \"loss\": 0.5, \"acc\": 0.75");

    assertThat(rows())
        .isEqualTo(
            "[{\"global_step\":3,\"loss\":2.5},"
                + "{\"global_step\":5,\"loss\":0.5,\"lr\":0.1,\"acc\":0.75}]");
  }

  @Test
  void events_without_a_step_are_left_out() {
    run.log(1, "\"loss\": 1.5").log(2, "\"global_step\": \"x\", \"loss\": 2.5");

    assertThat(body()).isEqualTo("{\"columns\":[],\"rows\":[],\"total\":0,\"sampled\":0}");
  }

  @Test
  void a_metric_that_was_not_logged_is_absent_or_null_as_asked() {
    run.log(1, "\"global_step\": 1, \"loss\": 1.5").log(2, "\"global_step\": 2, \"acc\": 0.5");

    assertThat(rows())
        .isEqualTo("[{\"global_step\":1,\"loss\":1.5},{\"global_step\":2,\"acc\":0.5}]");
    assertThat(rows("?missing=null"))
        .isEqualTo(
            "[{\"global_step\":1,\"loss\":1.5,\"acc\":null},"
                + "{\"global_step\":2,\"loss\":null,\"acc\":0.5}]");
  }

  @Test
  void numbers_that_are_not_finite_are_null_or_strings_as_asked() {
    run.log(1, "\"global_step\": 1, \"a\": NaN, \"b\": Infinity, \"c\": -Infinity, \"d\": 1e400");

    assertThat(rows())
        .isEqualTo("[{\"global_step\":1,\"a\":null,\"b\":null,\"c\":null,\"d\":null}]");
    assertThat(rows("?nonfinite=string"))
        .isEqualTo(
            "[{\"global_step\":1,\"a\":\"NaN\",\"b\":\"Infinity\",\"c\":\"-Infinity\","
                + "\"d\":\"Infinity\"}]");
  }

  @Test
  void a_column_of_integers_is_served_exactly_and_one_with_fractions_as_doubles() {
    run.log(1, "\"global_step\": 1, \"n\": 9223372036854775807, \"x\": 1").log(
        2, "\"global_step\": 2, \"n\": -9007199254740993, \"x\": 2.5");

    assertThat(rows())
        .isEqualTo(
            "[{\"global_step\":1,\"n\":9223372036854775807,\"x\":1.0},"
                + "{\"global_step\":2,\"n\":-9007199254740993,\"x\":2.5}]");
  }

  @Test
  void an_integer_beyond_64_bits_is_served_as_a_double() {
    run.log(1, "\"global_step\": 1, \"n\": 100000000000000000000000000");

    assertThat(rows()).isEqualTo("[{\"global_step\":1,\"n\":1e+26}]");
  }

  @Test
  void an_integer_beyond_64_bits_spoils_no_other() {
    run.log(1, "\"global_step\": 1, \"n\": 9007199254740993").log(
        2, "\"global_step\": 2, \"n\": 18446744073709551616");

    assertThat(rows())
        .isEqualTo(
            "[{\"global_step\":1,\"n\":9007199254740993},"
                + "{\"global_step\":2,\"n\":1.8446744073709552e+19}]");
  }

  @Test
  void every_kind_of_value_is_kept_but_objects_and_arrays() {
    run.log(
        1,
        "\"global_step\": 1, \"t\": true, \"f\": false, \"z\": null, \"s\": \"小\\ud800\\\"\\n\","
            + " \"o\": {\"a\": 1}, \"l\": [1], \"time\": 1.5, \"epoch\": 3");

    assertThat(rows())
        .isEqualTo(
            "[{\"global_step\":1,\"t\":true,\"f\":false,\"z\":null,"
                + "\"s\":\"小\\ud800\\\"\\u000a\",\"time\":1.5,\"epoch\":3}]");
  }

  @Test
  void steps_are_read_as_python_reads_integers() {
    run.log(1, "\"global_step\": \"3\", \"a\": 1").log(2, "\"global_step\": 4.7, \"a\": 2")
        .log(3, "\"global_step\": true, \"a\": 3").log(4, "\"global_step\": null, \"a\": 4")
        .log(5, "\"global_step\": 1e400, \"a\": 5").log(6, "\"step\": 9, \"a\": 6");

    assertThat(rows())
        .isEqualTo(
            "[{\"global_step\":1,\"a\":3},{\"global_step\":3,\"a\":1},"
                + "{\"global_step\":4,\"a\":2},{\"global_step\":9,\"a\":6}]");
  }

  @Test
  void headers_tell_the_rows_the_last_step_and_the_lines_that_were_skipped() {
    run.log(1, "\"global_step\": 7, \"a\": 1").append("no json\n");

    HttpResponse<String> response =
        server.get("/api/runs/r1/metrics_step", "Origin", "http://localhost:3000");

    assertThat(response.headers().firstValue("X-Row-Count")).hasValue("1");
    assertThat(response.headers().firstValue("X-Total-Count")).hasValue("1");
    assertThat(response.headers().firstValue("X-Last-Step")).hasValue("7");
    assertThat(response.headers().firstValue("X-Skipped-Lines")).hasValue("1");
    assertThat(response.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("X-Row-Count", "X-Total-Count", "X-Last-Step");
  }

  @Test
  void a_line_that_is_appended_is_in_the_next_answer() {
    for (int step = 1; step <= 50; step++) {
      run.log(step, "\"global_step\": " + step + ", \"a\": 1");

      HttpResponse<String> response = server.get("/api/runs/r1/metrics_step");

      assertThat(response.headers().firstValue("X-Row-Count")).hasValue(Integer.toString(step));
    }
  }

  private String body() {
    return server.get("/api/runs/r1/metrics_step").body();
  }

  private String rows() {
    return rows("");
  }

  private String rows(String query) {
    String body = server.get("/api/runs/r1/metrics_step" + query).body();
    return body.substring(body.indexOf("\"rows\":") + 7, body.indexOf(",\"total\""));
  }
}
