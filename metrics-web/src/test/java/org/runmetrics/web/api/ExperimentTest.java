package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class ExperimentTest {
  private static final String DETAIL = "/api/v2/experiments/r1";

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
  void a_run_is_shown_with_what_it_logged_at_a_glance() throws IOException {
    TestRun run =
        TestRun.create(root, "r1", "finished")
            .write("environment.json", "{}")
            .log(1, "\"global_step\": 7, \"stage\": \"warmup\", \"loss\": 1.5, \"time\": 1.0")
            .log(2, "\"global_step\": -3, \"acc\": 1, \"ok\": true, \"time\": 2.0")
            .log(3, "\"global_step\": 7, \"loss\": NaN, \"time\": 3.0")
            .log(4, "\"late\": 2");
    Files.createDirectory(run.directory().resolve("media"));
    run.write("media/image.png", "");
    String listed = server.get("/api/runs").body();

    assertThat(server.get(DETAIL).body())
        .isEqualTo(
            "{\"experiment\":"
                + listed.substring(1, listed.length() - 1)
                + ",\"metrics_summary\":{\"total_data_points\":2,"
                + "\"available_metrics\":[\"loss\",\"acc\",\"late\"],"
                + "\"step_range\":{\"min\":-3,\"max\":7}},"
                + "\"environment_available\":true,\"file_count\":4}");
    assertThat(server.object("/api/runs/r1/metrics_step").getInt("total")).isEqualTo(2);
  }

  @Test
  void a_run_that_logged_nothing_has_no_steps() {
    TestRun.create(root, "r1", "running");

    assertThat(server.get(DETAIL).body())
        .endsWith(
            "\"metrics_summary\":{\"total_data_points\":0,\"available_metrics\":[],"
                + "\"step_range\":{\"min\":null,\"max\":null}},"
                + "\"environment_available\":false,\"file_count\":1}");
  }

  @Test
  void the_points_of_a_run_without_steps_are_its_times() {
    TestRun.create(root, "r1", "running").log(1, "\"a\": 1").log(1, "\"b\": 2").log(2, "\"a\": 3");

    JsonObject summary = server.object(DETAIL).getJsonObject("metrics_summary");

    assertThat(summary.getInt("total_data_points")).isEqualTo(2);
    assertThat(summary.getJsonArray("available_metrics").getValuesAs(JsonString::getString))
        .containsExactly("a", "b");
    assertThat(summary.getJsonObject("step_range").isNull("min")).isTrue();
  }

  @Test
  void a_damaged_file_does_not_break_the_detail() throws IOException {
    TestRun run = TestRun.create(root, "r1", "running").append("no json\n");
    assertThat(points()).isZero();

    run.log(1, "\"global_step\": 1, \"a\": 1").append("{\"half\": ");
    assertThat(points()).isEqualTo(1);

    run.write("events.jsonl", new byte[] {0, -1, 10, 0, 10}).write("meta.json", "[");
    assertThat(points()).isZero();

    Files.delete(run.directory().resolve("events.jsonl"));
    Files.createDirectory(run.directory().resolve("events.jsonl"));
    assertThat(points()).isZero();
  }

  @Test
  void a_run_that_is_not_there_is_named() {
    TestRun.create(root, "r1", "running").write(".deleted", "");
    for (String id : new String[] {"r1", "other", "a%20b", "%252e%252e"}) {
      HttpResponse<String> response = server.get("/api/v2/experiments/" + id);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body())
          .isEqualTo(
              "{\"detail\":\"Run not found: " + id.replace("%20", " ").replace("%25", "%") + "\"}");
    }
  }

  @Test
  void a_parameter_is_an_error() {
    TestRun.create(root, "r1", "running");

    HttpResponse<String> response = server.get(DETAIL + "?page=1");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("{\"detail\":\"Unknown parameter page, none is known here\"}");
  }

  private int points() {
    return server.object(DETAIL).getJsonObject("metrics_summary").getInt("total_data_points");
  }
}
