package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Errors, which are JSON and tell nothing of the server. */
interface ErrorTests extends Server {
  @Test
  default void errors_are_json_with_a_detail_inside_and_outside_of_the_api() throws Exception {
    assertThat(get("/api/runs/none/metrics").body())
        .isEqualTo("{\"detail\":\"Run not found: none\"}");
    assertThat(get(SMALL + "/metrics?missing=x").body())
        .isEqualTo("{\"detail\":\"missing must be absent or null, not x\"}");
    assertThat(get("/api/none").body()).isEqualTo("{\"detail\":\"Not found: /api/none\"}");
    HttpResponse<String> outside = get("/none");
    assertThat(outside.statusCode()).isEqualTo(404);
    assertThat(outside.body()).isEqualTo("{\"detail\":\"Not Found\"}");
    HttpResponse<String> post = send("POST", "/api/runs");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.body()).startsWith("{\"detail\":\"Method not allowed").contains("GET");
  }

  @Test
  default void every_error_is_json_and_tells_nothing_of_the_server() throws Exception {
    SoftAssertions errors = new SoftAssertions();
    for (Refused refused :
        List.of(
            new Refused(422, "GET", SMALL + "/metrics_step?downsample=x", "*/*"),
            new Refused(400, "GET", SMALL + "/metrics_step?downsampel=500", "*/*"),
            new Refused(422, "GET", "/api/v2/series?runs=none,&points=%22", "*/*"),
            new Refused(400, "GET", "/api/v2/series/stream", "*/*"),
            new Refused(400, "GET", SMALL + "/logs?row=x", "*/*"),
            new Refused(404, "GET", "/api/runs/none", "*/*"),
            new Refused(404, "GET", "/api/runs/none/metrics_step/stream", "*/*"),
            new Refused(404, "GET", "/api/runs/none/logs/file", "*/*"),
            new Refused(404, "GET", SMALL + "/media/none.png", "*/*"),
            new Refused(404, "GET", "/api/runs/" + "x".repeat(3_000), "*/*"),
            new Refused(404, "GET", "/page/none.js", "*/*"),
            new Refused(405, "POST", "/api/runs", "*/*"),
            new Refused(405, "PUT", SMALL + "/metrics_step", "*/*"),
            new Refused(405, "DELETE", SMALL, "*/*"),
            new Refused(405, "POST", SMALL + "/metrics_step/stream", "*/*"),
            new Refused(405, "POST", "/", "*/*"),
            new Refused(406, "GET", "/api/runs", "text/html"),
            new Refused(406, "GET", SMALL + "/metrics_step", "image/png"),
            new Refused(406, "GET", SMALL + "/metrics_step/stream", "text/csv"))) {
      HttpResponse<String> answer =
          send(refused.method(), refused.path(), "Accept", refused.accept());
      errors.assertThat(answer.statusCode()).as("%s", refused).isEqualTo(refused.status());
      errors
          .assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as("%s", refused)
          .startsWith("application/json");
      errors
          .assertThat(answer.body())
          .as("%s", refused)
          .matches("(?s)\\{\"detail\":\".+\"}")
          .doesNotContain("" + ROOT, "Exception", "java.", "org.", "\tat ", "<html");
    }
    errors.assertAll();
  }

  /** WildFly answers this itself, with a page of its own. */
  @Test
  default void what_the_application_is_made_of_is_not_served() throws Exception {
    for (String file : List.of("/WEB-INF/web.xml", "/META-INF/MANIFEST.MF")) {
      HttpResponse<String> answer = get(file);
      assertThat(answer.statusCode()).as(file).isEqualTo(404);
      assertThat(answer.body()).doesNotContain("web-app", "Manifest-Version", "" + ROOT);
    }
  }

  /** A request that is refused, and with which status; it takes answers of one type. */
  record Refused(int status, String method, String path, String accept) {}
}
