package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class RateLimitTest {
  private static final String STEPS = "/api/runs/r1/metrics_step";
  private static final String TIMES = "/api/runs/r1/metrics";

  @TempDir Path root;

  @BeforeEach
  void createRun() {
    TestRun.create(root, "r1", "finished").log(1, "\"global_step\": 1, \"a\": 1");
  }

  @Test
  void sixty_requests_a_minute_are_answered_and_the_next_is_told_when_to_return()
      throws IOException {
    try (TestServer server = TestServer.of(root, Map.of())) {
      for (int left = 59; left >= 0; left--) {
        HttpResponse<String> response = server.get(STEPS);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-RateLimit-Limit")).hasValue("60");
        assertThat(response.headers().firstValue("X-RateLimit-Remaining"))
            .hasValue(Integer.toString(left));
      }

      HttpResponse<String> refused = server.get(STEPS);

      assertThat(refused.statusCode()).isEqualTo(429);
      JsonObject body = TestServer.parse(refused.body()).asJsonObject();
      assertThat(body.getString("detail")).isEqualTo("Rate limit exceeded");
      assertThat(body.getInt("retry_after")).isBetween(1, 60);
      assertThat(refused.headers().firstValue("Retry-After"))
          .hasValue(Integer.toString(body.getInt("retry_after")));
      assertThat(refused.headers().firstValue("X-RateLimit-Limit")).hasValue("60");
      assertThat(refused.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
      assertThat(Integer.parseInt(refused.headers().firstValue("X-RateLimit-Reset").orElseThrow()))
          .isBetween(1, 60);
    }
  }

  @Test
  void each_view_has_its_own_limit_and_the_rest_has_none() throws IOException {
    try (TestServer server = limited("1", "")) {
      assertThat(server.get(STEPS).statusCode()).isEqualTo(200);
      assertThat(server.get(STEPS).statusCode()).isEqualTo(429);
      assertThat(server.get(TIMES).statusCode()).isEqualTo(200);
      assertThat(server.get(TIMES).statusCode()).isEqualTo(429);
      assertThat(server.get("/api/runs").statusCode()).isEqualTo(200);
      assertThat(server.get("/api/runs").headers().firstValue("X-RateLimit-Limit")).isEmpty();
    }
  }

  @Test
  void what_the_client_has_already_counts_for_nothing() throws IOException {
    try (TestServer server = limited("2", "")) {
      String tag = server.get(STEPS).headers().firstValue("ETag").orElseThrow();
      for (int i = 0; i < 5; i++) {
        known(server, tag, "1");
      }
      assertThat(server.get(STEPS, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
      known(server, tag, "0");

      HttpResponse<String> refused = server.get(STEPS, "If-None-Match", "\"other\"");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"retry_after\":");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
      known(server, tag, "0");
      assertThat(server.get(STEPS).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void an_error_counts_whatever_the_client_has() throws IOException {
    try (TestServer server = limited("2", "")) {
      for (String left : new String[] {"1", "0"}) {
        HttpResponse<String> wrong = server.get(STEPS + "?downsample=1", "If-None-Match", "*");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.headers().firstValue("X-RateLimit-Remaining")).hasValue(left);
      }
      assertThat(server.get(STEPS).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void a_forwarded_address_counts_only_from_a_trusted_proxy() throws IOException {
    try (TestServer server = limited("1", "")) {
      assertThat(get(server, "203.0.113.1").statusCode()).isEqualTo(200);
      assertThat(get(server, "203.0.113.2").statusCode()).isEqualTo(429);
    }
    try (TestServer server = limited("1", "127.0.0.0/8")) {
      assertThat(get(server, "203.0.113.1").statusCode()).isEqualTo(200);
      assertThat(get(server, "203.0.113.2").statusCode()).isEqualTo(200);
      assertThat(get(server, "203.0.113.1").statusCode()).isEqualTo(429);
      assertThat(get(server, "198.51.100.9, 203.0.113.2").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void the_limit_can_be_turned_off() throws IOException {
    try (TestServer server = TestServer.of(root)) {
      HttpResponse<String> response = server.get(STEPS);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("X-RateLimit-Limit")).isEmpty();
    }
  }

  private static void known(TestServer server, String tag, String left) {
    HttpResponse<String> response = server.get(STEPS, "If-None-Match", tag);
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.headers().firstValue("X-RateLimit-Limit")).hasValue("2");
    assertThat(response.headers().firstValue("X-RateLimit-Remaining")).hasValue(left);
    assertThat(Integer.parseInt(response.headers().firstValue("X-RateLimit-Reset").orElseThrow()))
        .isBetween(1, 60);
  }

  private TestServer limited(String requests, String proxies) throws IOException {
    return TestServer.of(
        root, Map.of("metrics.ratelimit.requests", requests, "metrics.proxies", proxies));
  }

  private static HttpResponse<String> get(TestServer server, String forwardedFor) {
    return server.get(STEPS, "X-Forwarded-For", forwardedFor);
  }
}
