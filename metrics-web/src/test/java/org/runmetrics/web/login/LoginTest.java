package org.runmetrics.web.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.access.Token;
import org.runmetrics.access.TokenLine;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

/** Who is let in where there are tokens; {@code ErrorsDescribedTest} asks every call. */
@Timeout(60)
class LoginTest {
  private static final Token TOKEN = Token.random();
  private static final String BEARER = "Bearer " + TOKEN.secret();

  @TempDir Path root;
  @TempDir Path folder;
  private Optional<TestServer> server = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    TestRun.create(root, "r1", "finished").log(1, "\"global_step\": 1, \"a\": 1");
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, TokenLine.of("alice", TOKEN, Optional.empty()) + "\n");
    server = Optional.of(TestServer.of(root, Map.of("metrics.auth.tokens", tokens.toString())));
  }

  @AfterEach
  void stop() {
    server.ifPresent(TestServer::close);
  }

  @Test
  void without_a_token_nothing_is_told_but_how_to_get_in() {
    HttpResponse<String> answer = get("/api/runs");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"Runmetrics\"");
    assertThat(answer.body()).contains("Authorization: Bearer").doesNotContain("r1");
  }

  @Test
  void a_wrong_token_is_said_to_be_wrong() {
    HttpResponse<String> answer = get("/api/runs", "Authorization", "Bearer rmt_other");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .endsWith("error=\"invalid_token\"");
    assertThat(answer.body()).contains("not known").doesNotContain("rmt_other");
  }

  @Test
  void a_token_lets_in() {
    HttpResponse<String> answer = get("/api/runs", "Authorization", BEARER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("r1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/health/..;/runs",
        "/api/health/%2e%2e/runs",
        "/api/docs/%2e%2e/runs",
        "/api/docs/..%2fruns",
        "/api/docs/..;/runs",
        "/api/session;/../runs",
        "/api//runs",
        "/api/runs;a=b",
        "/api/./runs",
        "/api/health/../runs",
      })
  void no_spelling_of_an_address_goes_round_the_door(String path) throws IOException {
    String answer = server.orElseThrow().raw(path, "localhost");
    assertThat(answer).doesNotContain("\"r1\"").doesNotContain(" 200 ");
  }

  @Test
  void a_browser_gets_a_cookie_for_its_token_and_is_let_in_by_it() {
    HttpResponse<String> answer = send("POST", "Authorization", BEARER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"login\":true,\"tokens\":true,\"provider\":null,\"user\":\"alice\"}");
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("runmetrics-" + server.orElseThrow().port() + "=" + TOKEN.secret() + ";")
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Lax")
        .contains("Path=/;")
        .contains("Max-Age=2592000")
        .doesNotContainIgnoringCase("secure");
    String kept = cookie.substring(0, cookie.indexOf(';'));
    assertThat(get("/api/runs", "Cookie", kept).statusCode()).isEqualTo(200);
    assertThat(get("/api/session", "Cookie", kept).body()).contains("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://localhost:3000",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, cross-site",
  })
  void another_page_can_use_no_cookie_and_can_log_nobody_in_or_out(String header, String value) {

    assertThat(get("/api/runs", "Cookie", cookie(), header, value).statusCode()).isEqualTo(401);
    assertThat(send("POST", "Authorization", BEARER, header, value).statusCode()).isEqualTo(403);
    assertThat(send("DELETE", header, value).statusCode()).isEqualTo(403);
    assertThat(get("/api/runs", "Authorization", BEARER, header, value).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_link_from_another_page_can_be_followed_by_who_is_logged_in() {

    assertThat(
            get(
                    "/api/runs",
                    "Cookie",
                    cookie(),
                    "Sec-Fetch-Site",
                    "cross-site",
                    "Sec-Fetch-Mode",
                    "navigate")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void the_servers_own_page_is_known_by_its_origin() {
    String own = "http://127.0.0.1:" + server.orElseThrow().port();
    HttpResponse<String> answer = send("POST", "Authorization", BEARER, "Origin", own);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void the_page_behind_a_proxy_is_known_by_what_the_browser_says_of_it() {
    HttpResponse<String> answer =
        send(
            "POST",
            "Authorization",
            BEARER,
            "Origin",
            "https://lab.example",
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void a_cookie_alone_makes_no_new_session() {
    assertThat(send("POST", "Cookie", cookie()).statusCode()).isEqualTo(401);
  }

  @Test
  void nothing_can_be_put_into_other_pages() {
    assertThat(get("/api/runs").headers().firstValue("Cross-Origin-Resource-Policy"))
        .contains("same-origin");
  }

  @Test
  void who_logs_out_loses_the_cookie() {
    HttpResponse<String> answer = send("DELETE", "Cookie", cookie());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"login\":true,\"tokens\":true,\"provider\":null,\"user\":null}");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("runmetrics-" + server.orElseThrow().port() + "=;")
        .contains("Max-Age=0");
  }

  @Test
  void a_proxy_that_is_trusted_tells_that_the_connection_is_encrypted() throws IOException {
    for (String proxies : List.of("127.0.0.1", "192.0.2.1")) {
      try (TestServer behind =
          TestServer.of(
              root,
              Map.of(
                  "metrics.auth.tokens",
                  folder.resolve("tokens").toString(),
                  "metrics.proxies",
                  proxies))) {
        HttpResponse<String> answer =
            behind.send(
                "POST", "/api/session", "Authorization", BEARER, "X-Forwarded-Proto", "https");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow().contains("Secure"))
            .isEqualTo(proxies.equals("127.0.0.1"));
      }
    }
  }

  @Test
  void without_tokens_there_is_no_login() throws IOException {
    try (TestServer open = TestServer.of(root)) {
      assertThat(open.get("/api/session").body())
          .isEqualTo("{\"login\":false,\"tokens\":false,\"provider\":null,\"user\":null}");
      HttpResponse<String> answer = open.send("POST", "/api/session", "Authorization", BEARER);
      assertThat(answer.body())
          .isEqualTo("{\"login\":false,\"tokens\":false,\"provider\":null,\"user\":null}");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  private String cookie() {
    return "runmetrics-" + server.orElseThrow().port() + "=" + TOKEN.secret();
  }

  private HttpResponse<String> get(String path, String... headers) {
    return server.orElseThrow().get(path, headers);
  }

  private HttpResponse<String> send(String method, String... headers) {
    return server.orElseThrow().send(method, "/api/session", headers);
  }
}
