package org.runmetrics.web.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

/** Logins by a provider that keeps to the rules, and by one that does not. */
@Timeout(60)
class ProviderLoginTest {
  private static final String BEGIN = "/api/session/provider";
  private static final String CALLBACK = BEGIN + "/callback";

  @TempDir Path root;
  @TempDir Path folder;
  private Optional<TestProvider> provider = Optional.empty();
  private Optional<TestServer> server = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    TestRun.create(root, "r1", "finished").log(1, "\"global_step\": 1, \"a\": 1");
    TestRun.create(root, "r2", "finished").log(1, "\"global_step\": 1, \"a\": 1");
    Path rules = folder.resolve("rules");
    Files.writeString(rules, "test/r1 = @ml\ntest/r2 = bob\n");
    TestProvider started = TestProvider.start();
    provider = Optional.of(started);
    Map<String, String> settings = new HashMap<>(started.settings());
    settings.put("metrics.auth.rules", rules.toString());
    settings.put("metrics.ratelimit.enabled", "false");
    server = Optional.of(TestServer.of(root, settings));
  }

  @AfterEach
  void stop() {
    server.ifPresent(TestServer::close);
    provider.ifPresent(TestProvider::close);
  }

  @Test
  void who_logs_in_comes_back_to_where_they_were_and_sees_the_runs_of_their_groups() {
    Begun begun = begin("/runs/r1?tab=log");
    HttpResponse<String> back = finish(begun.cookie(), provider().login(begun.address()));
    assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
    assertThat(back.headers().firstValue("Location"))
        .contains("http://127.0.0.1:" + server().port() + "/runs/r1?tab=log");
    List<String> cookies = back.headers().allValues("Set-Cookie");
    assertThat(cookies)
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("runmetrics-" + server().port() + "=ey")
                    .containsIgnoringCase("HttpOnly")
                    .containsIgnoringCase("SameSite=Lax")
                    .contains("Path=/;")
                    .contains("Max-Age=43200"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("runmetrics-" + server().port() + "-login=;")
                    .contains("Max-Age=0"));
    String session = session(back);
    assertThat(get("/api/session", "Cookie", session).body())
        .isEqualTo("{\"login\":true,\"tokens\":false,\"provider\":\"the lab\",\"user\":\"alice\"}");
    assertThat(get("/api/runs", "Cookie", session).body()).contains("\"r1\"").doesNotContain("r2");
    assertThat(get("/api/runs/r2", "Cookie", session).statusCode()).isEqualTo(404);
  }

  @Test
  void who_logs_out_loses_the_cookie() {
    HttpResponse<String> out = server().send("DELETE", "/api/session", "Cookie", login());
    assertThat(out.body()).contains("\"user\":null");
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("runmetrics-" + server().port() + "=;")
        .contains("Max-Age=0");
  }

  @Test
  void another_server_of_the_same_settings_ends_a_login_and_takes_its_session() throws IOException {
    Begun begun = begin("/");
    try (TestServer other = TestServer.of(root, provider().settings())) {
      String kept = begun.cookie().replace("-" + server().port(), "-" + other.port());
      HttpResponse<String> back =
          other.get(CALLBACK + provider().login(begun.address()), "Cookie", kept);
      assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
      String session = session(back).replace("-" + other.port(), "-" + server().port());
      assertThat(get("/api/runs", "Cookie", session).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_session_of_another_secret_or_that_was_changed_is_none() throws IOException {
    Map<String, String> settings = new HashMap<>(provider().settings());
    settings.put("metrics.auth.oidc.secret", TestProvider.SECRET + "!");
    String session = login();
    try (TestServer other = TestServer.of(root, settings)) {
      String sent = session.replace("-" + server().port(), "-" + other.port());
      assertThat(other.get("/api/runs", "Cookie", sent).statusCode()).isEqualTo(401);
    }
    int payload = session.indexOf('.') + 5;
    char other = session.charAt(payload) == 'A' ? 'B' : 'A';
    String forged = session.substring(0, payload) + other + session.substring(payload + 1);
    assertThat(get("/api/runs", "Cookie", forged).statusCode()).isEqualTo(401);
  }

  @Test
  void what_is_kept_of_a_login_under_way_is_no_session() {
    String kept = begin("/").cookie().replace("-login=", "=");
    assertThat(get("/api/runs", "Cookie", kept).statusCode()).isEqualTo(401);
  }

  @Test
  void a_login_ends_in_the_browser_in_which_it_began_and_once() {
    Begun begun = begin("/");
    String sent = provider().login(begun.address());
    assertThat(get(CALLBACK + sent).statusCode()).isEqualTo(403);
    assertThat(finish(begin("/").cookie(), sent).body()).contains("not begun in this browser");
    assertThat(finish(begun.cookie(), sent.replaceAll("state=[^&]*", "state=x")).statusCode())
        .isEqualTo(403);
    assertThat(finish(begun.cookie(), sent.replaceAll("iss=[^&]*", "iss=http://x")).body())
        .contains("Another provider");
    assertThat(finish(begun.cookie(), sent).statusCode()).isEqualTo(303);
    HttpResponse<String> replayed = finish(begun.cookie(), sent);
    assertThat(replayed.statusCode()).isEqualTo(403);
    assertThat(replayed.headers().allValues("Set-Cookie")).allMatch(it -> it.contains("=;"));
  }

  @ParameterizedTest
  @EnumSource(WrongToken.class)
  void a_token_that_is_not_good_lets_nobody_in(WrongToken wrong) {
    provider().tokens = claims -> wrong.of(claims);
    Begun begun = begin("/");
    HttpResponse<String> back = finish(begun.cookie(), provider().login(begun.address()));
    assertThat(back.statusCode()).isEqualTo(403);
    assertThat(back.headers().allValues("Set-Cookie")).allMatch(it -> it.contains("-login=;"));
    if (wrong != WrongToken.NONCE && wrong != WrongToken.PARTY) {
      String bearer = "Bearer " + wrong.of(provider().claims());
      assertThat(get("/api/runs", "Authorization", bearer).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void a_program_may_send_a_token_of_the_provider() {
    String bearer = "Bearer " + TestProvider.signed(provider().claims(), TestProvider.FIRST);
    HttpResponse<String> answer = get("/api/runs", "Authorization", bearer);
    assertThat(answer.body()).contains("\"r1\"").doesNotContain("r2");
  }

  @Test
  void keys_that_somebody_makes_up_are_not_asked_for_each_time() {
    String known = TestProvider.signed(provider().claims(), TestProvider.FIRST);
    assertThat(get("/api/runs", "Authorization", "Bearer " + known).statusCode()).isEqualTo(200);
    String unknown = TestProvider.signed(provider().claims(), TestProvider.SECOND);
    for (int i = 0; i < 5; i++) {
      assertThat(get("/api/runs", "Authorization", "Bearer " + unknown).statusCode())
          .isEqualTo(401);
    }
    assertThat(provider().keysAsked).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "evil.example",
        "/%20%0d%0aSet-Cookie:a",
        "javascript:alert(1)",
        "/ x",
      })
  void nobody_is_sent_elsewhere(String place) {
    HttpResponse<String> answer = begun(place.replace("\\", "%5C").replace(" ", "%20"));
    if (place.contains("%0d")) {
      // Encoded twice it is a path like others.
      answer = begun(place);
    }
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("return must be a path of this server");
  }

  @Test
  void another_page_begins_no_login() {
    assertThat(server().send("POST", BEGIN, "Origin", "http://localhost:3000").statusCode())
        .isEqualTo(403);
  }

  @Test
  void without_a_provider_there_is_no_such_login() throws IOException {
    try (TestServer open = TestServer.of(root)) {
      assertThat(open.send("POST", BEGIN).statusCode()).isEqualTo(404);
      assertThat(open.get(CALLBACK).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void people_read_why_they_are_not_let_in() {
    Begun begun = begin("/");
    String state = provider().login(begun.address()).replaceAll("code=[^&]*&", "");
    HttpResponse<String> denied =
        get(
            CALLBACK + state + "&error=access_denied",
            "Cookie",
            begun.cookie(),
            "Accept",
            "text/html");
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(denied.body()).contains("access_denied").contains("href=\"/\"");
    HttpResponse<String> odd = finish(begun.cookie(), state + "&error=%3Cb%3E");
    assertThat(odd.body()).contains("for no reason");
  }

  @Test
  void a_provider_that_is_down_is_said_to_be() {
    String session = login();
    provider().close();
    assertThat(get("/api/runs", "Cookie", session).statusCode()).isEqualTo(200);
    Begun begun = begin("/");
    HttpResponse<String> back = finish(begun.cookie(), provider().login(begun.address()));
    assertThat(back.statusCode()).isEqualTo(503);
    assertThat(back.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void a_server_whose_provider_was_never_there_says_so_and_works_on() {
    String token = TestProvider.signed(provider().claims(), TestProvider.FIRST);
    provider().close();
    HttpResponse<String> answer = server().send("POST", BEGIN);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("does not answer now").doesNotContain("127.0.0.1");
    assertThat(get("/api/runs", "Authorization", "Bearer " + token).statusCode()).isEqualTo(503);
    assertThat(get("/api/health").statusCode()).isEqualTo(200);
    assertThat(get("/api/runs").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.well-known/openid-configuration", "/keys", "/token"})
  void a_provider_that_sends_too_much_is_given_up(String path) {
    provider().endless = Optional.of(path);
    assertThat(tried()).isEqualTo(503);
  }

  @Test
  void a_provider_that_does_not_answer_is_given_up() {
    provider().silent = Optional.of("/token");
    assertThat(tried()).isEqualTo(503);
  }

  /** Returns the status at which a login ends. */
  private int tried() {
    HttpResponse<String> answer = begun("/");
    if (answer.statusCode() != 200) {
      return answer.statusCode();
    }
    Begun begun = Begun.of(answer);
    return finish(begun.cookie(), provider().login(begun.address())).statusCode();
  }

  private record Begun(String address, String cookie) {
    private static Begun of(HttpResponse<String> answer) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(set)
          .containsIgnoringCase("HttpOnly")
          .containsIgnoringCase("SameSite=Lax")
          .contains("Path=/api/session/provider;")
          .contains("Max-Age=600");
      try {
        return new Begun(
            JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), "address"),
            set.substring(0, set.indexOf(';')));
      } catch (ParseException e) {
        throw new AssertionError(answer.body(), e);
      }
    }
  }

  private Begun begin(String place) {
    return Begun.of(begun(place));
  }

  private HttpResponse<String> begun(String place) {
    return server().send("POST", BEGIN + "?return=" + place);
  }

  private HttpResponse<String> finish(String cookie, String sent) {
    return get(CALLBACK + sent, "Cookie", cookie);
  }

  /** Logs alice in, and returns her cookie. */
  private String login() {
    Begun begun = begin("/");
    return session(finish(begun.cookie(), provider().login(begun.address())));
  }

  private static String session(HttpResponse<String> back) {
    String set =
        back.headers().allValues("Set-Cookie").stream()
            .filter(it -> it.matches("runmetrics-\\d+=.*"))
            .findFirst()
            .orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private HttpResponse<String> get(String path, String... headers) {
    return server().get(path, headers);
  }

  private TestServer server() {
    return server.orElseThrow();
  }

  private TestProvider provider() {
    return provider.orElseThrow();
  }
}
