package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Who may read, and who is told no. */
interface AccessTests extends Server {
  @Test
  default void a_page_of_another_origin_may_ask_whether_its_answer_is_still_good()
      throws Exception {
    HttpResponse<String> response =
        send(
            "OPTIONS",
            SMALL + "/metrics_step",
            "Origin",
            PAGE,
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "if-none-match");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("If-None-Match");
  }

  @Test
  default void only_pages_that_may_read_get_sockets_and_streams_and_are_told_so() throws Exception {
    String steps = SMALL + "/metrics_step";
    String log = SMALL + "/logs/ws";
    String host = host();
    for (String page : new String[] {PAGE, "https://[::1]:8443", "http://127.0.0.1"}) {
      String origin = "Origin: " + page;
      assertThat(RawRequest.get(steps + "/stream", host, origin).status(base())).isEqualTo(200);
      assertThat(RawRequest.socket(log, host, origin).status(base())).isEqualTo(101);
    }
    for (String page :
        new String[] {
          "null", "https://evil.example", "http://localhost.evil.example", "http://a@localhost"
        }) {
      HttpResponse<String> answer = send("GET", steps, "Origin", page);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(answer.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
      String origin = "Origin: " + page;
      assertThat(RawRequest.get(steps + "/stream", host, origin).status(base())).isEqualTo(403);
      assertThat(RawRequest.get("/api/runs/stream", host, origin).status(base())).isEqualTo(403);
      assertThat(RawRequest.socket(log, host, origin).status(base())).isEqualTo(403);
    }
  }

  @Test
  default void a_name_that_somebody_bound_to_the_servers_address_reads_nothing() throws Exception {
    for (String name : new String[] {"evil.example", "localhost.evil.example", "192.0.2.1"}) {
      String host = "Host: " + name + ":" + base().getPort();
      for (String path : new String[] {"/none", SMALL, SMALL + "/metrics_step/stream"}) {
        assertThat(RawRequest.get(path, host).status(base())).as(path).isEqualTo(421);
      }
      String log = SMALL + "/logs/ws";
      String origin = "Origin: http://" + name + ":" + base().getPort();
      assertThat(RawRequest.socket(log, host, origin).status(base())).isEqualTo(421);
    }
  }

  @Test
  default void an_encoded_id_never_leaves_the_root() throws Exception {
    for (String id :
        new String[] {"..%2F..%2Fruns", "%2e%2e", "..%2f", "%252e%252e", "vision%2Fsmall", "%20"}) {
      HttpResponse<String> response = get("/api/runs/" + id + "/metrics");
      // Servers may refuse suspicious paths themselves: Servlet 6.0, 3.5.2.
      assertThat(response.statusCode()).as(id).isIn(400, 404);
      assertThat(response.body()).as(id).startsWith("{\"detail\":\"").doesNotContain("" + ROOT);
    }
    // Payara does so with an empty answer, Open Liberty with a page of its own.
    for (String id : new String[] {"%00", "..%5C..", "..;"}) {
      HttpResponse<String> response = get("/api/runs/" + id + "/metrics");
      assertThat(response.statusCode()).as(id).isIn(400, 404);
      assertThat(response.body()).as(id).doesNotContain("" + ROOT);
    }
  }
}
