package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class TagTest {
  private static final String FAST = "/api/v2/experiments/r1/metrics/fast";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun run = TestRun.create(root, "r1", "finished");
    for (int step = 1; step <= 300; step++) {
      run.log(step, "\"global_step\": " + step + ", \"a\": " + step % 7);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs",
        "/api/runs?order=path",
        "/api/runs/r1",
        "/api/runs/r1/metrics",
        "/api/runs/r1/metrics_step",
        "/api/v2/experiments",
        "/api/v2/experiments?search=r1",
        "/api/v2/experiments/r1",
        "/api/v2/series?runs=r1",
        FAST,
        FAST + "?metric_names=a&downsample=100"
      })
  void a_strong_tag_names_bytes_and_any_tag_spares_an_answer(String path) throws IOException {
    HttpResponse<String> first = server.get(path);
    String tag = tag(first);
    HttpResponse<String> second = server.get(path);

    assertThat(tag(second)).isEqualTo(tag);
    if (tag.startsWith("\"")) {
      assertThat(second.body()).isEqualTo(first.body());
    }
    HttpResponse<String> known = server.get(path, "If-None-Match", tag);
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.headers().firstValue("ETag")).hasValue(tag);
    assertThat(server.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);

    server.close();
    server = TestServer.of(root);
    HttpResponse<String> later = server.get(path);
    assertThat(tag(later)).isEqualTo(tag);
    if (tag.startsWith("\"")) {
      assertThat(later.body()).isEqualTo(first.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/runs", "/api/runs/r1", "/api/v2/experiments", "/api/v2/experiments/r1"})
  void what_a_run_says_anew_has_another_tag(String path) {
    String tag = tag(server.get(path));

    TestRun.create(root, "r1", "failed");

    HttpResponse<String> response = server.get(path, "If-None-Match", tag);
    assertThat(response.body()).contains("\"failed\"");
    assertThat(tag(response)).isNotEqualTo(tag);
  }

  @Test
  void each_order_and_page_of_runs_has_its_tag() {
    TestRun.create(root, "r2", "finished").write("meta.json", "{\"created_at\": 4e9}");

    assertThat(tag(server.get("/api/runs"))).isNotEqualTo(tag(server.get("/api/runs?order=id")));
    assertThat(tag(server.get("/api/v2/experiments?per_page=1")))
        .isNotEqualTo(tag(server.get("/api/v2/experiments?per_page=1&page=2")));
  }

  @Test
  void an_answer_that_tells_how_long_it_took_has_a_weak_tag_packed_or_not() {
    for (String path : new String[] {FAST, "/api/v2/experiments"}) {
      assertThat(tag(server.get(path))).startsWith("W/\"");
      assertThat(tag(server.get(path, "Accept-Encoding", "gzip"))).startsWith("W/\"");
    }
  }

  private static String tag(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return response.headers().firstValue("ETag").orElseThrow();
  }
}
