package org.runmetrics.web.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class BadInputTest {
  private static final String GOOD = "\"global_step\": 1, \"a\": 1";
  private static final String GOOD_ROWS = "[{\"global_step\":1,\"a\":1}]";

  @TempDir Path folder;
  private Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    server = TestServer.of(root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[1, 2]",
        "\"text\"",
        "12",
        "null",
        "{\"type\": \"metrics\", \"data\"",
        "{\"type\": \"metrics\", \"data\": [1]}",
        "{\"a\": 1} {\"b\": 2}",
        "\u0000\u0001\u0002"
      })
  void a_line_that_is_no_event_is_skipped_and_counted(String line) {
    run("r1", "running").append(line + "\n").log(1, GOOD);

    HttpResponse<String> response = steps("r1");

    assertThat(rows(response)).isEqualTo(GOOD_ROWS);
    assertThat(response.headers().firstValue("X-Skipped-Lines")).hasValue("1");
    assertThat(server.object("/api/runs/r1").getInt("skipped_lines")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "\r",
        "{}",
        "{\"type\": \"image\", \"data\": {\"key\": \"k\"}}",
        "{\"type\": \"other\"}",
        "{\"type\": 5, \"data\": {}}"
      })
  void a_line_that_is_no_metrics_event_is_passed_over(String line) {
    run("r1", "running").append(line + "\n").log(1, GOOD);

    HttpResponse<String> response = steps("r1");

    assertThat(rows(response)).isEqualTo(GOOD_ROWS);
    assertThat(response.headers().firstValue("X-Skipped-Lines")).hasValue("0");
  }

  @Test
  void a_file_without_a_single_json_object_is_an_error() {
    run("r1", "running").append("one\ntwo\n");

    HttpResponse<String> response = steps("r1");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"detail\":\"Failed to parse metrics file\"}");
    assertThat(server.object("/api/runs/r1").getInt("skipped_lines")).isEqualTo(2);
  }

  @Test
  void a_binary_file_is_an_error_and_harms_no_other_run() {
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 7);
    }
    run("r1", "finished").write("events.jsonl", bytes);
    run("r2", "finished").log(1, GOOD);

    assertThat(steps("r1").statusCode()).isEqualTo(500);
    assertThat(rows(steps("r2"))).isEqualTo(GOOD_ROWS);
  }

  @Test
  void a_run_without_metrics_has_no_columns_and_no_rows() {
    run("missing", "running");
    run("empty", "running").append("");
    run("images", "running").append("{\"type\": \"image\", \"data\": {}}\n");
    TestRun directory = run("directory", "running");
    directory(directory.directory().resolve("events.jsonl"));

    for (String id : new String[] {"missing", "empty", "images", "directory"}) {
      assertThat(steps(id).statusCode()).as(id).isEqualTo(200);
      assertThat(steps(id).body())
          .isEqualTo("{\"columns\":[],\"rows\":[],\"total\":0,\"sampled\":0}");
    }
  }

  @Test
  void a_half_written_line_waits_for_its_end() {
    TestRun run = run("r1", "running").log(1, GOOD);
    run.append("{\"ts\": 2, \"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 1");

    assertThat(rows(steps("r1"))).isEqualTo(GOOD_ROWS);
    run.append("2}}");
    assertThat(rows(steps("r1"))).isEqualTo(GOOD_ROWS);
    run.append("\n");
    assertThat(rows(steps("r1")))
        .isEqualTo("[{\"global_step\":1,\"a\":1},{\"global_step\":2,\"a\":12}]");
  }

  @Test
  void the_last_line_of_a_finished_run_counts_without_a_line_feed() {
    TestRun run = run("r1", "running");
    run.append("{\"type\": \"metrics\", \"data\": {" + GOOD + "}}");

    assertThat(rows(steps("r1"))).isEqualTo("[]");
    run.write("status.json", "{\"status\": \"finished\"}");
    assertThat(rows(steps("r1"))).isEqualTo(GOOD_ROWS);
  }

  @Test
  void a_file_that_shrank_is_read_anew() {
    TestRun run = run("r1", "running").log(1, GOOD).log(2, "\"global_step\": 2, \"a\": 2");
    assertThat(rows(steps("r1"))).contains("\"global_step\":2");

    run.write("events.jsonl", "").log(1, "\"global_step\": 1, \"a\": 9");

    assertThat(rows(steps("r1"))).isEqualTo("[{\"global_step\":1,\"a\":9}]");
  }

  @Test
  void a_file_that_was_rewritten_in_place_is_read_anew() {
    TestRun run = run("r1", "running").log(1, GOOD);
    assertThat(rows(steps("r1"))).isEqualTo(GOOD_ROWS);

    run.write("events.jsonl", "").log(1, "\"global_step\": 1, \"a\": 2");
    assertThat(rows(steps("r1"))).isEqualTo("[{\"global_step\":1,\"a\":2}]");

    run.write("events.jsonl", "").log(1, "\"global_step\": 1, \"b\": 3").log(2, GOOD);
    assertThat(rows(steps("r1"))).isEqualTo("[{\"global_step\":1,\"b\":3,\"a\":1}]");
  }

  @Test
  void a_file_that_was_replaced_by_another_is_read_anew() throws IOException {
    TestRun run = run("r1", "running").log(1, GOOD);
    assertThat(rows(steps("r1"))).isEqualTo(GOOD_ROWS);

    TestRun other = run("r2", "running").log(1, GOOD).log(2, "\"global_step\": 2, \"a\": 7");
    Files.move(
        other.directory().resolve("events.jsonl"),
        run.directory().resolve("events.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(rows(steps("r1"))).endsWith("{\"global_step\":2,\"a\":7}]");
  }

  @Test
  void unusual_lines_are_read() {
    TestRun run = run("r1", "running");
    run.write("events.jsonl", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    run.append("{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1, \"a\": 2}}\r\n");
    run.log(2, "\"global_step\": 2, \"s\": \"" + "x".repeat(1 << 20) + "\", \"a\": 3");
    String deep = "[".repeat(100) + "]".repeat(100);
    run.log(3, "\"global_step\": 3, \"deep\": " + deep + ", \"a\": " + "9".repeat(5000));

    String rows = rows(steps("r1"));

    assertThat(rows)
        .startsWith("[{\"global_step\":1,\"a\":2.0},{\"global_step\":2,\"a\":3.0,\"s\":\"xxx")
        .endsWith("{\"global_step\":3,\"a\":null}]");
  }

  @Test
  void nesting_without_end_costs_one_line_and_not_the_server() {
    run("r1", "running")
        .log(1, "\"deep\": " + "[".repeat(100_000) + "]".repeat(100_000))
        .append("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "\n")
        .log(2, GOOD);

    HttpResponse<String> response = steps("r1");

    assertThat(rows(response)).isEqualTo(GOOD_ROWS);
    assertThat(response.headers().firstValue("X-Skipped-Lines")).hasValue("2");
  }

  @Test
  void invalid_utf8_is_replaced_and_the_line_kept() {
    byte[] line =
        "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"s\": \"a?b\"}}\n"
            .getBytes(StandardCharsets.UTF_8);
    line[new String(line, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xFF;
    run("r1", "running").write("events.jsonl", line);

    assertThat(rows(steps("r1"))).isEqualTo("[{\"global_step\":1,\"s\":\"a\uFFFDb\"}]");
  }

  @Test
  void an_id_never_leaves_the_root() throws IOException {
    TestRun outside = TestRun.create(folder.resolve("outside"), "secret", "finished").log(1, GOOD);
    run("r1", "finished").log(1, GOOD);
    Files.createSymbolicLink(root.resolve("runs/link"), outside.directory());
    Files.createSymbolicLink(root.resolve("runs/group"), folder.resolve("outside/runs"));
    TestRun linked = run("linked", "finished");
    Files.createSymbolicLink(
        linked.directory().resolve("events.jsonl"), outside.directory().resolve("events.jsonl"));

    for (String id :
        new String[] {"link", "secret", "%2e%2e", "..", "%252e%252e", "no%20such", "group"}) {
      HttpResponse<String> response = steps(id);
      assertThat(response.statusCode()).as(id).isEqualTo(404);
      assertThat(response.body()).as(id).startsWith("{\"detail\":").doesNotContain(folder + "");
    }
    assertThat(rows(steps("linked"))).isEqualTo("[]");
  }

  private TestRun run(String id, String status) {
    return TestRun.create(root, id, status);
  }

  private HttpResponse<String> steps(String id) {
    return server.get("/api/runs/" + id + "/metrics_step");
  }

  private static String rows(HttpResponse<String> response) {
    String body = response.body();
    return body.substring(body.indexOf("\"rows\":") + 7, body.indexOf(",\"total\""));
  }

  private static void directory(Path path) {
    try {
      Files.createDirectory(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
