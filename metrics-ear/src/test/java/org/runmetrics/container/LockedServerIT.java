package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR on a real server that was given files of tokens and of rules. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
class LockedServerIT implements Server {
  private static final String TOKEN = System.getProperty("metrics.token", "");
  private static final String BEARER = "Authorization: Bearer " + TOKEN;
  private static final String STREAM = SMALL + "/metrics_step/stream";
  private static final String LOG = SMALL + "/logs/ws";

  @ArquillianResource private URL base;

  @Deployment(testable = false)
  static Archive<?> archive() {
    return ContainerIT.archive();
  }

  @Override
  public URL base() {
    return base;
  }

  @Override
  public String address() {
    return "2001:db8::1";
  }

  @Test
  void without_a_token_there_are_no_answers_no_streams_and_no_sockets() throws Exception {
    HttpResponse<String> answer = get("/api/runs");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"Runmetrics\"");
    assertThat(answer.body()).startsWith("{\"detail\":\"Say who you are");
    for (String header : new String[] {"X-None: 1", "Authorization: Bearer rmt_other"}) {
      assertThat(RawRequest.get(STREAM, host(), header).status(base)).isEqualTo(401);
      assertThat(RawRequest.socket(LOG, host(), header).status(base)).isEqualTo(401);
    }
  }

  @Test
  void a_token_opens_all() throws Exception {
    assertThat(send("GET", "/api/runs", "Authorization", "Bearer " + TOKEN).body())
        .contains("20260101_090000_0000a1");
    assertThat(RawRequest.get(STREAM, host(), BEARER).status(base)).isEqualTo(200);
    assertThat(RawRequest.socket(LOG, host(), BEARER).status(base)).isEqualTo(101);
    assertThat(RawRequest.socket(LOG, host(), BEARER).answer(base, "Starting", true))
        .contains("Starting");
  }

  @Test
  void to_those_that_may_not_see_a_run_it_is_not_there() throws Exception {
    String others = "Bearer rmt_of-others";
    assertThat(send("GET", "/api/runs", "Authorization", others).body())
        .contains("20250101_120000_0000e1")
        .doesNotContain("20260101_090000_0000a1");
    assertThat(send("GET", SMALL, "Authorization", others).statusCode()).isEqualTo(404);
    String header = "Authorization: " + others;
    assertThat(RawRequest.get(STREAM, host(), header).status(base)).isEqualTo(404);
    assertThat(RawRequest.socket(LOG, host(), header).answer(base, "not found", true))
        .contains("Run not found");
  }

  @Test
  void a_browser_gets_a_cookie_that_counts_for_the_servers_own_page_alone() throws Exception {
    HttpResponse<String> session =
        send(
            "POST",
            "/api/session",
            "Authorization",
            "Bearer " + TOKEN,
            "X-Forwarded-Proto",
            "https");
    assertThat(session.body())
        .isEqualTo("{\"login\":true,\"tokens\":true,\"provider\":null,\"user\":\"tests\"}");
    String set = session.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set)
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Lax")
        .containsIgnoringCase("Secure")
        .contains("Path=/");
    String cookie = "Cookie: " + set.substring(0, set.indexOf(';'));
    String own = "Origin: http://localhost:" + base.getPort();
    assertThat(RawRequest.get(STREAM, host(), cookie).status(base)).isEqualTo(200);
    assertThat(RawRequest.socket(LOG, host(), cookie, own).status(base)).isEqualTo(101);
    assertThat(RawRequest.socket(LOG, host(), cookie, own).answer(base, "Starting", true))
        .contains("Starting");
    assertThat(RawRequest.socket(LOG, host(), cookie, "Origin: " + PAGE).status(base))
        .isEqualTo(401);
    assertThat(RawRequest.get(STREAM, host(), cookie, "Origin: " + PAGE).status(base))
        .isEqualTo(401);
  }

  @Test
  void probes_and_the_description_need_no_token() throws Exception {
    for (String path :
        new String[] {"/api/health/ready", "/api/openapi.json", "/api/docs", "/api/session"}) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
  }
}
