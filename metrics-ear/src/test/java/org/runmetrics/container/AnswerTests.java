package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What the API answers to requests. */
interface AnswerTests extends Server {
  @Test
  default void runs_and_their_metrics_are_served() throws Exception {
    assertThat(get("/api/health").body()).contains("\"status\":\"ok\"");
    assertThat(get("/api/runs").body()).contains("20260101_090000_0000a1", "小型 démo ✓");
    assertThat(get(SMALL).body()).contains("\"skipped_lines\":0");
    assertThat(get(SMALL + "/metrics").body())
        .startsWith("{\"columns\":[\"time\",\"loss\",\"lr\",\"epoch\"")
        .contains("\"rows\":[{\"time\":0.0,");
    HttpResponse<String> steps = send("GET", SMALL + "/metrics_step", "Origin", PAGE);
    assertThat(steps.statusCode()).isEqualTo(200);
    assertThat(steps.body()).startsWith("{\"columns\":[\"global_step\",\"loss\",\"lr\",\"epoch\"");
    assertThat(steps.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(steps.headers().firstValue("X-Total-Count")).isPresent();
    assertThat(steps.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(steps.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
    assertThat(get(SMALL + "/progress").headers().firstValue("Deprecation")).isPresent();
    assertThat(get("/api/metrics/cache/stats").body()).contains("\"hits\":");
  }

  @Test
  default void a_line_that_is_appended_is_in_the_next_answer() throws Exception {
    Path run = run("appended");
    Path events = run.resolve("events.jsonl");
    for (int step = 1; step <= 20; step++) {
      append(
          events,
          "{\"ts\": %d, \"type\": \"metrics\", \"data\": {\"global_step\": %d, \"a\": 1}}\n"
              .formatted(step, step));

      HttpResponse<String> response = get("/api/runs/appended/metrics_step");

      assertThat(response.headers().firstValue("X-Row-Count")).hasValue("" + step);
    }
  }

  @Test
  default void who_has_an_answer_gets_no_other_until_the_run_goes_on() throws Exception {
    Path events = run("known").resolve("events.jsonl");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    String steps = "/api/runs/known/metrics_step";
    HttpResponse<String> first = get(steps);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    String cursor = first.headers().firstValue("X-Cursor").orElseThrow();

    for (String known : new String[] {tag, "W/" + tag, "\"a,b\", " + tag, "*"}) {
      HttpResponse<String> same = send("GET", steps, "If-None-Match", known, "Origin", PAGE);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.headers().firstValue("ETag")).hasValue(tag);
      assertThat(same.headers().firstValue("X-Cursor")).hasValue(cursor);
      assertThat(same.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    }
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 2}}\n");
    assertThat(send("GET", steps, "If-None-Match", tag).statusCode()).isEqualTo(200);
    assertThat(get(steps + "?cursor=" + cursor).body())
        .contains("\"rows\":[{\"global_step\":2,\"a\":2}],\"total\":1");
  }

  @Test
  default void an_answer_is_compressed_once_for_who_takes_gzip() throws Exception {
    String steps = SMALL + "/metrics_step";
    HttpResponse<String> plain = get(steps);
    String tag = plain.headers().firstValue("ETag").orElseThrow();
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();

    HttpResponse<byte[]> packed =
        CLIENT.send(
            request("GET", steps, "Accept-Encoding", "gzip, deflate"),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(packed.headers().firstValue("Content-Type"))
        .isEqualTo(plain.headers().firstValue("Content-Type"));
    assertThat(packed.headers().firstValue("Vary").orElseThrow()).contains("Accept-Encoding");
    assertThat(packed.headers().firstValue("ETag")).hasValue("W/" + tag);
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.body());
    }
    HttpResponse<String> same =
        send("GET", steps, "Accept-Encoding", "gzip", "If-None-Match", "W/" + tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.headers().firstValue("ETag")).hasValue("W/" + tag);
  }

  @Test
  default void head_has_the_headers_of_get_and_no_body() throws Exception {
    // Lists say how long they took, or how many seconds ago a run that goes on was written to.
    String stages = "/api/v2/stages?runs=20260101_090000_0000a1";
    for (String path : new String[] {SMALL + "/metrics_step", stages, "/api/runs/none"}) {
      HttpResponse<String> get = get(path);
      HttpResponse<String> head = send("HEAD", path);

      assertThat(head.statusCode()).isEqualTo(get.statusCode());
      assertThat(head.body()).isEmpty();
      for (String name : new String[] {"ETag", "X-Cursor", "X-Row-Count", "Content-Type"}) {
        assertThat(head.headers().firstValue(name)).isEqualTo(get.headers().firstValue(name));
      }
      head.headers()
          .firstValue("Content-Length")
          .ifPresent(
              length -> assertThat(get.headers().firstValue("Content-Length")).hasValue(length));
    }
  }

  @Test
  default void an_id_may_hold_blanks_and_any_script() throws Exception {
    Path run = run("lauf 1 小型");
    append(
        run.resolve("events.jsonl"),
        "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");

    assertThat(get("/api/runs/lauf%201%20%E5%B0%8F%E5%9E%8B/metrics_step").body())
        .contains("\"rows\":[{\"global_step\":1,\"a\":1}]");
  }

  @Test
  default void a_file_of_media_is_served_whole_and_in_parts_as_it_is() throws Exception {
    Path run = run("pictured");
    Path folder = Files.createDirectories(run.resolve("media/ü b"));
    Files.writeString(folder.resolve("c.txt"), "0123456789".repeat(20_000));
    append(
        run.resolve("events.jsonl"),
        "{\"type\": \"image\", \"data\": {\"path\": \"media/ü b/c.txt\", \"step\": 1}}\n");
    String path = "/api/runs/pictured/media/%C3%BC%20b/c.txt";
    assertThat(get("/api/runs/pictured/images").body())
        .contains("\"url\":\"" + path + "\"}],\"total\":1}");
    HttpResponse<String> whole = send("GET", path, "Accept-Encoding", "gzip");
    assertThat(whole.body()).hasSize(200_000).startsWith("0123");
    assertThat(whole.headers().firstValue("Content-Length")).hasValue("200000");
    assertThat(whole.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(whole.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> part = send("GET", path, "Range", "bytes=5-7", "If-Range", tag);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("567");
    assertThat(part.headers().firstValue("Content-Length")).hasValue("3");
    assertThat(send("GET", path, "Range", "bytes=200000-").statusCode()).isEqualTo(416);
    assertThat(send("GET", path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<String> head = send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).hasValue("200000");
    assertThat(get("/api/runs/pictured/media/none").statusCode()).isEqualTo(404);
  }

  @Test
  @DisabledIfSystemProperty(
      named = "arquillian.launch",
      matches = "liberty",
      disabledReason = "Open Liberty answers 400 to paths that hold %23")
  default void a_file_of_media_may_have_a_hash_in_its_name() throws Exception {
    Path media = Files.createDirectories(run("hashed").resolve("media"));
    Files.writeString(media.resolve("c#.txt"), "0123");

    assertThat(get("/api/runs/hashed/media/c%23.txt").body()).isEqualTo("0123");
  }
}
