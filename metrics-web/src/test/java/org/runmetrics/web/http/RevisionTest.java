package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class RevisionTest {
  private static final String PAGE = "http://localhost:3000";
  private static final String STEPS = "/api/runs/r1/metrics_step";
  private static final String TIMES = "/api/runs/r1/metrics";

  @TempDir Path root;
  private TestServer server;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run = TestRun.create(root, "r1", "running");
    for (int step = 1; step <= 300; step++) {
      run.log(step, "\"global_step\": " + step + ", \"a\": " + step % 7);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {STEPS, TIMES, STEPS + "?downsample=100"})
  void who_has_the_answer_is_told_so_in_headers_alone(String path) {
    HttpResponse<String> answer = server.get(path, "Origin", PAGE);
    String tag = tag(answer);
    assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(answer.headers().firstValue("Vary").orElseThrow()).contains("Accept");

    HttpResponse<String> response = server.get(path, "If-None-Match", tag, "Origin", PAGE);

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
    for (String name :
        List.of("ETag", "Cache-Control", "Vary", "X-Cursor", "Access-Control-Allow-Origin")) {
      assertThat(response.headers().firstValue(name))
          .as(name)
          .isPresent()
          .isEqualTo(answer.headers().firstValue(name));
    }
    assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "W/%s",
        " %s ",
        "*",
        " * ",
        "\"other\", %s",
        "\"a,b\",W/%s,\"c\"",
        "\"\" , %s"
      })
  void a_tag_is_found_in_any_list_by_weak_comparison(String known) {
    String tag = tag(server.get(STEPS));

    HttpResponse<String> response = server.get(STEPS, "If-None-Match", known.formatted(tag));

    assertThat(response.statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"other\"", "\"*\"", "", "%1$.10s\"", "\"other%2$s\"", "%2$s", "\"", "*, \"a\""})
  void another_tag_is_not_taken_for_it(String known) {
    String tag = tag(server.get(STEPS));

    HttpResponse<String> response =
        server.get(STEPS, "If-None-Match", known.formatted(tag, tag.replace("\"", "")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(server.get(STEPS).body());
  }

  @Test
  void tags_on_several_lines_are_one_list() {
    String tag = tag(server.get(STEPS));

    HttpResponse<String> response =
        server.get(STEPS, "If-None-Match", "\"other\"", "If-None-Match", tag);

    assertThat(response.statusCode()).isEqualTo(304);
  }

  @Test
  void whatever_shapes_the_answer_changes_the_tag() {
    String cursor = server.get(STEPS).headers().firstValue("X-Cursor").orElseThrow();
    List<String> paths =
        List.of(
            STEPS,
            TIMES,
            STEPS + "?downsample=100",
            STEPS + "?downsample=101",
            STEPS + "?since_step=3",
            STEPS + "?since_step=4",
            TIMES + "?since_time=3",
            STEPS + "?missing=null",
            STEPS + "?nonfinite=string",
            STEPS + "?cursor=" + cursor,
            TIMES + "?cursor=" + cursor);
    Set<String> tags = new HashSet<>();
    paths.forEach(path -> tags.add(tag(server.get(path))));

    assertThat(tags).hasSize(paths.size());
    assertThat(tag(server.get(STEPS + "?missing=absent&downsample="))).isIn(tags);
  }

  @Test
  void a_file_that_changed_is_answered_anew() throws IOException {
    Set<String> tags = new HashSet<>(Set.of(tag(server.get(STEPS))));
    Path events = run.directory().resolve("events.jsonl");

    run.log(301, "\"global_step\": 301, \"a\": 1");
    assertThat(tags.add(tag(server.get(STEPS)))).isTrue();
    String text = Files.readString(events);
    run.write(
        "events.jsonl",
        text.replace("\"global_step\": 150, \"a\": 3", "\"global_step\": 150, \"a\": 4"));
    Files.setLastModifiedTime(events, FileTime.fromMillis(System.currentTimeMillis() + 5000));
    assertThat(tags.add(tag(server.get(STEPS)))).isTrue();
    Files.delete(events);
    assertThat(tags.add(tag(server.get(STEPS)))).isTrue();
  }

  @Test
  void a_tag_outlives_a_restart() throws IOException {
    String tag = tag(server.get(STEPS));
    server.close();
    server = TestServer.of(root);

    assertThat(server.get(STEPS, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void an_error_is_an_error_whatever_the_client_has() {
    run.write("events.jsonl", "no json\n");
    for (String path : List.of(STEPS, STEPS + "?downsample=1", "/api/runs/none/metrics")) {
      HttpResponse<String> response = server.get(path, "If-None-Match", "*");
      assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(response.headers().firstValue("ETag")).isEmpty();
    }
  }

  private static String tag(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return response.headers().firstValue("ETag").orElseThrow();
  }
}
