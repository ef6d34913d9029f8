package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;
import org.runmetrics.web.stream.EventClient;

class AccessTest {
  private static final String STEPS = "/api/runs/r1/metrics_step";
  private static final String PAGE = "http://localhost:3000";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun.create(root, "r1", "running").log(1, "\"global_step\": 1, \"a\": 1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void every_header_of_ours_can_be_read_by_pages_that_may() {
    HttpResponse<String> response = server.get(STEPS, "Origin", PAGE);
    List<String> exposed =
        List.of(
            response
                .headers()
                .firstValue("Access-Control-Expose-Headers")
                .orElseThrow()
                .toLowerCase(Locale.ROOT)
                .split(", ", -1));

    assertThat(exposed).contains("etag", "x-cursor", "x-reset", "content-disposition");
    assertThat(exposed)
        .containsAll(
            response.headers().map().keySet().stream()
                .filter(name -> name.startsWith("x-"))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STEPS,
        STEPS + "/stream",
        "/api/runs",
        "/api/health",
        "/api/runs/none/metrics",
        "/api/none"
      })
  void a_browser_that_asks_first_may_send_what_clients_send(String path) {
    HttpResponse<String> response = preflight(path, PAGE);

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("GET", "HEAD");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("If-None-Match", "Range", "If-Range", "Last-Event-ID", "Accept", "Cache-Control");
    assertThat(response.headers().firstValue("Access-Control-Max-Age")).isPresent();
    assertThat(response.headers().firstValue("Vary")).hasValue("Origin");

    assertThat(preflight(path, "https://evil.example").headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  @Test
  void who_just_asks_for_options_is_told_the_methods() {
    HttpResponse<String> response = server.send("OPTIONS", STEPS);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET", "HEAD");
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {STEPS, "/api/runs/none", "/api/runs?bad=1", "/api/none"})
  void an_answer_tells_only_pages_that_may_read_that_they_may(String path) {
    for (String page : List.of(PAGE, "http://127.0.0.1", "https://[::1]:8443", own())) {
      HttpResponse<String> allowed = server.get(path, "Origin", page);
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(page);
      assertThat(vary(allowed)).contains("Origin");
    }
    for (String page : FOREIGN) {
      HttpResponse<String> foreign = server.get(path, "Origin", page);
      assertThat(foreign.statusCode()).isEqualTo(server.get(path).statusCode());
      assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).as(page).isEmpty();
      assertThat(foreign.headers().firstValue("Access-Control-Expose-Headers")).isEmpty();
      assertThat(vary(foreign)).contains("Origin");
    }
    assertThat(server.get(path).headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(vary(server.get(path))).contains("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        STEPS + "/stream",
        "/api/runs/stream",
        "/api/runs/none/metrics_step/stream",
        "/api/runs/r1/metrics_step/str%65am",
        "/api/v2/series/stream?runs=r1"
      })
  void pages_that_may_not_read_get_no_stream(String path) {
    for (String page : FOREIGN) {
      HttpResponse<String> response = server.get(path, "Origin", page);
      assertThat(response.statusCode()).as(page).isEqualTo(403);
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(detail(response.body()))
          .isEqualTo(
              "Pages of the origin "
                  + page
                  + " may not read; the setting metrics.origins names those that may");
    }
    assertThat(server.isQuiet()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {STEPS, STEPS + "/stream", "/api/health", "/none"})
  void a_name_that_somebody_bound_to_the_servers_address_reads_nothing(String path)
      throws IOException {
    for (String host :
        List.of(
            "evil.example",
            "evil.example:" + server.port(),
            "localhost.evil.example",
            "192.0.2.1",
            "user@localhost")) {
      String answer = raw(path, host);
      assertThat(answer).as(host).startsWith("HTTP/1.1 421");
      assertThat(answer).contains("application/json").doesNotContain("Access-Control");
      assertThat(detail(answer.substring(answer.lastIndexOf("\n{") + 1)))
          .isEqualTo(
              "This server does not answer for the host "
                  + host
                  + "; the setting metrics.hosts names more");
    }
    for (String host : List.of("localhost", "LOCALHOST.:1", "127.0.0.1:80", "[::1]:23300")) {
      assertThat(raw("/api/health", host)).as(host).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_client_that_offers_another_protocol_asks_for_no_socket() throws IOException {
    String page = "Origin: https://evil.example";
    assertThat(raw(STEPS, "localhost", page, "Upgrade: h2c")).startsWith("HTTP/1.1 200");
    for (String upgrade : List.of("websocket", "WebSocket", "h2c, websocket")) {
      assertThat(raw(STEPS, "localhost", page, "Upgrade: " + upgrade)).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void an_address_of_a_socket_that_is_none_is_refused_in_words() throws IOException {
    for (String path : new String[] {"/lo{}/ws", "/api/runs/a|b/logs/ws", "/logs?tail={1}"}) {
      assertThat(raw(path, "localhost", "Upgrade: websocket"))
          .as(path)
          .startsWith("HTTP/1.1 400")
          .contains("others in percent encoding");
    }
  }

  @Test
  void settings_widen_who_may_read() throws IOException {
    server.close();
    server =
        TestServer.of(
            root,
            Map.of(
                "metrics.ratelimit.enabled", "false",
                "metrics.hosts", "metrics.lab",
                "metrics.origins", "https://lab.example.org"));

    assertThat(raw("/api/health", "metrics.lab:8080")).startsWith("HTTP/1.1 200");
    assertThat(raw("/api/health", "other.lab")).startsWith("HTTP/1.1 421");
    assertThat(raw(STEPS, "metrics.lab:8080", "Origin: http://metrics.lab:8080"))
        .contains("Access-Control-Allow-Origin: http://metrics.lab:8080");
    assertThat(raw(STEPS, "localhost", "Origin: http://metrics.lab:8080"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("Access-Control");
    assertThat(
            server
                .get(STEPS, "Origin", "https://lab.example.org")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://lab.example.org");
    assertThat(server.get(STEPS + "/stream", "Origin", "https://lab.example").statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_star_lets_every_page_read() throws IOException {
    server.close();
    server =
        TestServer.of(root, Map.of("metrics.ratelimit.enabled", "false", "metrics.origins", "*"));

    HttpResponse<String> response = server.get(STEPS, "Origin", "https://elsewhere.org");

    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(vary(response)).doesNotContain("Origin");
    assertThat(preflight(STEPS, "null").statusCode()).isEqualTo(204);
    EventClient.open(server, STEPS + "/stream", "Origin", "https://elsewhere.org").close();
    assertThat(raw(STEPS, "evil.example")).startsWith("HTTP/1.1 421");
  }

  private static final List<String> FOREIGN =
      List.of(
          "null",
          "https://evil.example",
          "http://localhost.evil.example",
          "http://localhost@evil.example",
          "http://evil.localhost:3000",
          "http://[::2]",
          "http://localhost/");

  private String own() {
    return "http://127.0.0.1:" + server.port();
  }

  private HttpResponse<String> preflight(String path, String page) {
    return server.send(
        "OPTIONS",
        path,
        "Origin",
        page,
        "Access-Control-Request-Method",
        "GET",
        "Access-Control-Request-Headers",
        "accept,if-none-match,last-event-id");
  }

  /** Asks as a browser does that was told another name. */
  private String raw(String path, String host, String... headers) throws IOException {
    return server.raw(path, host, headers).replace("\r\n", "\n");
  }

  private static String detail(String body) {
    return TestServer.parse(body).asJsonObject().getString("detail");
  }

  private static String vary(HttpResponse<String> response) {
    return String.join(", ", response.headers().allValues("Vary"));
  }
}
