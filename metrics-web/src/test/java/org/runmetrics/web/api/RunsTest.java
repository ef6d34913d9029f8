package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.run.Host;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class RunsTest {
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
  void a_run_tells_all_about_itself() {
    TestRun.create(root, "20250114_153045_a1b2c3", "finished")
        .write(
            "meta.json",
            "{\"id\": \"20250114_153045_a1b2c3\", \"path\": \"vision/small\", \"alias\": \"小型\","
                + " \"created_at\": 1736868645.5, \"pid\": 4242, \"tags\": [\"a\", \"b\"]}")
        .write("summary.json", "{\"best_metric_name\": \"acc\", \"best_metric_value\": 0.75}");

    String expected =
        "{\"id\":\"20250114_153045_a1b2c3\",\"run_dir\":\"runs/test/20250114_153045_a1b2c3\","
            + "\"created_time\":1736868645.5,\"created_at\":1736868645.5,\"start_time\":null,"
            + "\"started_at\":null,\"end_time\":null,\"ended_at\":null,\"status\":\"finished\","
            + "\"exit_reason\":null,\"last_event_age_seconds\":null,\"hostname\":null,\"pid\":4242,"
            + "\"best_metric_value\":0.75,\"best_metric_name\":\"acc\",\"path\":\"vision/small\","
            + "\"project\":\"vision\",\"name\":\"small\",\"alias\":\"小型\",\"tags\":[\"a\",\"b\"]";
    assertThat(server.get("/api/runs").body()).isEqualTo("[" + expected + "}]");
    assertThat(server.get("/api/runs/20250114_153045_a1b2c3").body())
        .startsWith(expected + ",\"duration\":null,")
        .endsWith(",\"skipped_lines\":0}");
  }

  @Test
  void a_damaged_run_does_not_break_the_list() throws IOException {
    TestRun.create(root, "a", "running").write("meta.json", "{no json");
    TestRun.create(root, "b", "running")
        .write("meta.json", "{\"tags\": \"solo\", \"pid\": \"x\", \"alias\": 5}")
        .write("summary.json", "{\"best_metric_value\": NaN, \"best_metric_name\": \"acc\"}");
    TestRun damaged = TestRun.create(root, "c", "running").write("status.json", new byte[] {-1});
    Files.createDirectory(damaged.directory().resolve("summary.json"));
    TestRun.create(root, "d", "finished");

    JsonArray runs = server.json("/api/runs?order=path").asJsonArray();

    assertThat(runs.getValuesAs(JsonObject.class))
        .extracting(run -> run.getString("id") + " " + run.getString("status"))
        .containsExactly("a running", "b running", "c unknown", "d finished");
    JsonObject b = runs.getJsonObject(1);
    assertThat(b.get("best_metric_value")).isEqualTo(JsonValue.NULL);
    assertThat(b.getString("best_metric_name")).isEqualTo("acc");
    assertThat(b.getJsonArray("tags").getString(0)).isEqualTo("solo");
    assertThat(b.get("pid")).isEqualTo(JsonValue.NULL);
    assertThat(b.get("alias")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void a_run_whose_process_was_killed_has_failed_wherever_it_is_shown() throws Exception {
    Process training = new ProcessBuilder("sleep", "600").start();
    TestRun.create(root, "r1", "running")
        .write(
            "meta.json",
            "{\"hostname\": \"%s\", \"pid\": %d}".formatted(Host.own().name(), training.pid()))
        .log(1, "\"global_step\": 1, \"a\": 1");
    assertThat(statuses()).containsOnly("running null null");

    training.destroyForcibly().waitFor();
    assertThat(server.object("/api/runs/r1").getString("status")).isEqualTo("failed");
    while (statuses().contains("running null null")) {
      LockSupport.parkNanos(1_000_000); // The list looks at processes once a second.
    }
    assertThat(statuses()).containsOnly("failed \"process_not_found\" null");
    assertThat(server.object("/api/v2/experiments?status=failed").getInt("total")).isEqualTo(1);
    assertThat(server.object("/api/v2/experiments?status=running").getInt("total")).isZero();
    assertThat(server.object("/api/runs/r1/progress").getString("status")).isEqualTo("failed");
  }

  @Test
  void of_a_run_on_another_machine_is_told_how_long_it_is_silent() throws IOException {
    TestRun run =
        TestRun.create(root, "r1", "running")
            .write("meta.json", "{\"hostname\": \"elsewhere.invalid\", \"pid\": 1}")
            .log(1, "\"global_step\": 1, \"a\": 1");
    for (long silent : new long[] {1_000_000, 2_000_000}) {
      Files.setLastModifiedTime(
          run.directory().resolve("events.jsonl"),
          FileTime.from(Instant.now().minusSeconds(silent)));
      for (JsonObject shown : shown()) {
        assertThat(shown.getString("status")).isEqualTo("running");
        assertThat(number(shown, "last_event_age_seconds")).isBetween(silent - 1.0, silent + 60.0);
      }
    }
  }

  @Test
  void a_run_comes_and_goes_with_its_directory() throws IOException {
    assertThat(server.get("/api/runs").body()).isEqualTo("[]");
    assertThat(server.get("/api/runs/r1").statusCode()).isEqualTo(404);

    TestRun run = TestRun.create(root, "r1", "running");
    assertThat(server.get("/api/runs/r1").statusCode()).isEqualTo(200);
    assertThat(server.json("/api/runs").asJsonArray()).hasSize(1);

    run.write(".deleted", "");
    for (String path : new String[] {"", "/metrics", "/metrics_step", "/progress"}) {
      assertThat(server.get("/api/runs/r1" + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(server.get("/api/runs").body()).isEqualTo("[]");
  }

  @Test
  void the_list_shows_each_run_as_its_detail_does_after_every_change() throws IOException {
    List<TestRun> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      TestRun added = TestRun.create(root, "run %d \"ä🎉\" ".formatted(i * 7 % 10) + i, "running");
      runs.add(added.write("meta.json", "{\"created_at\": " + i / 8.0 + ", \"tags\": [\"a\", 1]}"));
      runs.get(i / 2).write("summary.json", "{\"best_metric_value\": 1e-" + i + "}");
      if (i % 5 == 4) {
        Files.delete(runs.get(i - 3).directory().resolve("meta.json"));
        runs.get(i - 2).write(".deleted", "");
      }
      assertThat(server.get("/api/runs").body()).isEqualTo(details());
    }
  }

  @Test
  void runs_come_newest_first_or_in_the_order_asked_for() {
    TestRun.create(root, "a", "running").write("meta.json", "{\"created_at\": 2}");
    TestRun.create(root, "b", "failed")
        .write("meta.json", "{\"created_at\": 3}")
        .write("summary.json", "{\"best_metric_value\": 0.5}");
    TestRun.create(root, "c", "finished")
        .write("meta.json", "{\"created_at\": 1}")
        .write("summary.json", "{\"best_metric_value\": 0.75}");

    for (int i = 0; i < 2; i++) {
      assertThat(ids("")).isEqualTo("b a c");
      assertThat(ids("?order=created_time")).isEqualTo("b a c");
      assertThat(ids("?order=path")).isEqualTo("a b c");
      assertThat(ids("?order=id")).isEqualTo("a b c");
      assertThat(ids("?order=status")).isEqualTo("b c a");
      assertThat(ids("?order=best_metric_value")).isEqualTo("c b a");
      TestRun.create(root, "gone", "running").write(".deleted", "");
    }
    TestRun.create(root, "d", "running").write("meta.json", "{\"created_at\": 2.5}");
    assertThat(ids("")).isEqualTo("b d a c");
    assertThat(ids("?order=path")).isEqualTo("a b c d");
  }

  @Test
  void a_wrong_order_is_answered_with_those_that_are_allowed() {
    HttpResponse<String> response = server.get("/api/runs?order=newest");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"detail\":\"order must be created_time, path, id, name, project, status or"
                + " best_metric_value, not newest\"}");
  }

  @Test
  void an_id_may_hold_blanks_and_any_script() {
    TestRun.create(root, "lauf 1 – 小型", "running").log(1, "\"global_step\": 1, \"a\": 1");

    HttpResponse<String> response =
        server.get("/api/runs/lauf%201%20%E2%80%93%20%E5%B0%8F%E5%9E%8B/metrics_step");

    assertThat(response.body()).contains("\"rows\":[{\"global_step\":1,\"a\":1}]");
  }

  @Test
  void progress_tells_what_can_be_told_and_that_it_is_deprecated() {
    double now = Instant.now().toEpochMilli() / 1000.0;
    TestRun run = TestRun.create(root, "r1", "running");

    HttpResponse<String> empty = server.get("/api/runs/r1/progress");
    assertThat(empty.body()).isEqualTo("{\"available\":false,\"status\":\"running\"}");
    assertThat(empty.headers().firstValue("Deprecation")).hasValue("@1760400000");

    run.write("status.json", "{\"status\": \"running\", \"started_at\": " + (now - 100) + "}")
        .write("meta.json", "{\"total_steps\": 200}")
        .log(now - 5, "\"global_step\": 50, \"a\": 1");
    JsonObject progress = server.object("/api/runs/r1/progress");
    assertThat(progress.getBoolean("available")).isTrue();
    assertThat(progress.getInt("step")).isEqualTo(50);
    assertThat(progress.getInt("total_steps")).isEqualTo(200);
    assertThat(number(progress, "percent")).isEqualTo(25);
    assertThat(number(progress, "elapsed_seconds")).isBetween(100.0, 200.0);
    assertThat(number(progress, "eta_seconds")).isBetween(300.0, 600.0);
    assertThat(number(progress, "last_event_age_seconds")).isBetween(4.9, 105.0);
  }

  @Test
  void a_finished_run_has_no_time_left() {
    TestRun.create(root, "r1", "finished")
        .write(
            "status.json", "{\"status\": \"finished\", \"started_at\": 100.0, \"ended_at\": 160.0}")
        .log(150, "\"global_step\": 7, \"a\": 1");

    JsonObject progress = server.object("/api/runs/r1/progress");

    assertThat(number(progress, "elapsed_seconds")).isEqualTo(60);
    assertThat(progress).doesNotContainKeys("eta_seconds", "total_steps", "percent");
  }

  @Test
  void health_tells_whether_the_storage_can_be_read() throws IOException {
    assertThat(server.object("/api/health").getString("status")).isEqualTo("ok");
    try (TestServer blind = TestServer.of(root.resolve("missing"))) {
      assertThat(blind.object("/api/health").getString("status")).isEqualTo("degraded");
      assertThat(blind.get("/api/runs").body()).isEqualTo("[]");
    }
  }

  @Test
  void the_cache_tells_what_it_did() {
    TestRun run = TestRun.create(root, "r1", "running").log(1, "\"global_step\": 1, \"a\": 1");
    server.get("/api/runs/r1/metrics_step");
    server.get("/api/runs/r1/metrics_step");
    run.log(2, "\"global_step\": 2, \"a\": 1");
    server.get("/api/runs/r1/metrics");

    JsonObject statistics = server.object("/api/metrics/cache/stats");

    assertThat(statistics.getInt("misses")).isEqualTo(1);
    assertThat(statistics.getInt("hits")).isEqualTo(1);
    assertThat(statistics.getInt("incremental_updates")).isEqualTo(1);
    assertThat(statistics.getInt("lines_read")).isEqualTo(2);
    assertThat(statistics.getInt("size"))
        .as("a segment, and what is known of the run")
        .isEqualTo(2);
    assertThat(statistics.getInt("max_size")).isGreaterThan(1000);
    assertThat(number(statistics, "heap_bytes")).isBetween(1000.0, 10_000.0);
    assertThat(number(statistics, "max_heap_bytes")).isGreaterThan(1 << 20);
    assertThat(statistics.getInt("offheap_bytes")).isZero();
    assertThat(statistics.getInt("max_disk_bytes")).isZero();
  }

  /** Returns a run as the list, the detail and both answers of the V2 API show it. */
  private List<JsonObject> shown() {
    return List.of(
        server.json("/api/runs").asJsonArray().getJsonObject(0),
        server.object("/api/runs/r1"),
        server.object("/api/v2/experiments").getJsonArray("experiments").getJsonObject(0),
        server.object("/api/v2/experiments/r1").getJsonObject("experiment"));
  }

  private List<String> statuses() {
    return shown().stream()
        .map(
            run ->
                run.getString("status")
                    + " "
                    + run.get("exit_reason")
                    + " "
                    + run.get("last_event_age_seconds"))
        .toList();
  }

  private String ids(String query) {
    return server.json("/api/runs" + query).asJsonArray().getValuesAs(JsonObject.class).stream()
        .map(run -> run.getString("id"))
        .collect(Collectors.joining(" "));
  }

  private String details() {
    return server.json("/api/runs").asJsonArray().getValuesAs(JsonObject.class).stream()
        .map(run -> URLEncoder.encode(run.getString("id"), StandardCharsets.UTF_8))
        .map(id -> server.get("/api/runs/" + id.replace("+", "%20")).body())
        .map(detail -> detail.substring(0, detail.indexOf(",\"duration\":")) + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static double number(JsonObject object, String name) {
    return object.getJsonNumber(name).doubleValue();
  }
}
