package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class TimeViewTest {
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
  void time_starts_at_zero_and_only_numbers_are_served() {
    run.log(100, "\"loss\": 1.5, \"stage\": \"train\", \"on\": true, \"global_step\": 1, \"n\": 2")
        .log(101.5, "\"loss\": 0.5, \"x\": null, \"global_step\": 2");

    assertThat(body())
        .isEqualTo(
            "{\"columns\":[\"time\",\"loss\",\"n\"],\"rows\":["
                + "{\"time\":0.0,\"loss\":1.5,\"n\":2},{\"time\":1.5,\"loss\":0.5}"
                + "],\"total\":2,\"sampled\":2}");
  }

  @Test
  void time_starts_at_zero_even_from_minus_zero_and_what_is_beyond_any_double_is_null() {
    run.append("{\"ts\": -0.0, \"type\": \"metrics\", \"data\": {\"a\": 1}}\n");
    assertThat(rows()).isEqualTo("[{\"time\":0.0,\"a\":1}]");

    run.append("{\"ts\": -1.7e308, \"type\": \"metrics\", \"data\": {\"a\": 2}}\n")
        .append("{\"ts\": 1.7e308, \"type\": \"metrics\", \"data\": {\"a\": 3}}\n");
    assertThat(rows())
        .isEqualTo("[{\"time\":0.0,\"a\":2},{\"time\":1.7e+308,\"a\":1},{\"time\":null,\"a\":3}]");
  }

  @Test
  void the_time_in_the_data_counts_before_that_of_the_line() {
    run.log(100, "\"time\": 7.0, \"a\": 1").log(101, "\"time\": \"late\", \"a\": 2")
        .log(102, "\"time\": NaN, \"a\": 3").log(103, "\"time\": 8.5, \"a\": 4");

    assertThat(rows())
        .isEqualTo(
            "[{\"time\":0.0,\"a\":1},{\"time\":1.5,\"a\":4},"
                + "{\"time\":94.0,\"a\":2},{\"time\":95.0,\"a\":3}]");
  }

  @Test
  void events_without_a_step_are_included_and_those_without_a_time_are_not() {
    run.log(100, "\"a\": 1")
        .append("{\"type\": \"metrics\", \"data\": {\"a\": 2, \"b\": 3}}\n")
        .log(101, "\"a\": 4");

    assertThat(body())
        .startsWith("{\"columns\":[\"time\",\"a\"]")
        .contains("\"rows\":[{\"time\":0.0,\"a\":1},{\"time\":1.0,\"a\":4}]");
  }

  @Test
  void events_of_one_time_merge_and_the_later_number_wins() {
    run.log(100, "\"a\": 1, \"b\": 5").log(100, "\"a\": 2").log(100, "\"a\": \"text\"");

    assertThat(rows()).isEqualTo("[{\"time\":0.0,\"a\":2,\"b\":5}]");
  }

  @Test
  void the_earliest_event_is_zero_wherever_it_stands() {
    run.log(105, "\"a\": 1").log(100, "\"a\": 2");

    assertThat(rows()).isEqualTo("[{\"time\":0.0,\"a\":2},{\"time\":5.0,\"a\":1}]");
  }

  @Test
  void an_event_that_holds_no_number_is_still_a_row() {
    run.log(100, "\"stage\": \"train\"").log(101, "\"a\": 1");

    assertThat(rows()).isEqualTo("[{\"time\":0.0},{\"time\":1.0,\"a\":1}]");
  }

  private String body() {
    return server.get("/api/runs/r1/metrics").body();
  }

  private String rows() {
    String body = body();
    return body.substring(body.indexOf("\"rows\":") + 7, body.indexOf(",\"total\""));
  }
}
