package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every endpoint, once, as it is there on the server. */
interface EndpointTests extends Server {
  String ID = "20260101_090000_0000a1";
  String JSON = "application/json";

  /**
   * An endpoint.
   *
   * @param route as the figures name it
   * @param path the same for a run
   * @param type the kind of its answer
   * @param part of its answer
   */
  record Endpoint(String route, String path, String type, String part) {
    static Endpoint json(String route, String query, String part) {
      return new Endpoint(route, route.replace("{run_id}", ID) + query, JSON, part);
    }
  }

  List<Endpoint> ENDPOINTS =
      List.of(
          new Endpoint("/", "/", "text/html", "<title>"),
          new Endpoint("/runs/{run_id}", "/runs/" + ID, "text/html", "<title>"),
          Endpoint.json("/api/health", "", "\"status\":\"ok\""),
          Endpoint.json("/api/health/live", "", "\"status\":\"up\""),
          Endpoint.json("/api/health/started", "", "\"status\":\"up\""),
          Endpoint.json("/api/health/ready", "", "\"status\":\"up\""),
          Endpoint.json("/api/metrics/cache/stats", "", "\"hits\":"),
          Endpoint.json("/api/runs", "", "小型 démo ✓"),
          Endpoint.json("/api/runs/{run_id}", "", "\"skipped_lines\":0"),
          Endpoint.json("/api/runs/{run_id}/metrics", "", "{\"columns\":[\"time\","),
          Endpoint.json("/api/runs/{run_id}/metrics_step", "", "{\"columns\":[\"global_step\","),
          Endpoint.json("/api/runs/{run_id}/progress", "", "\"step\":"),
          Endpoint.json("/api/runs/{run_id}/files", "", "\"path\":\"events.jsonl\""),
          Endpoint.json("/api/runs/{run_id}/skipped", "", "\"kinds\":[]"),
          Endpoint.json("/api/runs/{run_id}/images", "?limit=1", "\"url\":\"/api/runs/"),
          new Endpoint(
              "/api/runs/{run_id}/media/{file}",
              SMALL + "/media/1767229240871_20ccc5_sample_0.png",
              "image/png",
              "PNG"),
          Endpoint.json("/api/runs/{run_id}/logs", "?row=0", "Starting training 开始"),
          Endpoint.json("/api/runs/{run_id}/logs/search", "?q=training", "\"count\":1"),
          new Endpoint("/api/runs/{run_id}/logs/file", SMALL + "/logs/file", "text/plain", "开始"),
          Endpoint.json("/api/v2/experiments", "?fields=parameters,summary", "\"experiments\":["),
          Endpoint.json("/api/v2/experiments/{run_id}", "", ID),
          Endpoint.json("/api/v2/experiments/{run_id}/metrics/fast", "", "\"columns\":["),
          Endpoint.json("/api/v2/summary", "?runs=" + ID + "&metrics=loss", "\"metric\":\"loss\""),
          Endpoint.json("/api/v2/stages", "?runs=" + ID, ID),
          Endpoint.json("/api/v2/series", "?runs=" + ID + "&metrics=loss", "\"series\":["));

  @Test
  default void every_endpoint_answers_and_is_counted() throws Exception {
    for (Endpoint endpoint : ENDPOINTS) {
      HttpResponse<String> answer = get(endpoint.path());
      assertThat(answer.statusCode()).as(endpoint.path()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .as(endpoint.path())
          .startsWith(endpoint.type());
      assertThat(answer.body()).as(endpoint.path()).contains(endpoint.part());
      assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }
    HttpResponse<String> figures = get("/api/metrics/prometheus");
    assertThat(figures.statusCode()).isEqualTo(200);
    for (Endpoint endpoint : ENDPOINTS) {
      assertThat(figures.body())
          .contains(
              "http_server_requests_seconds_count{method=\"GET\",route=\""
                  + endpoint.route()
                  + "\",status=\"200\"}");
    }
    assertThat(figures.body())
        .contains("runmetrics_clients{kind=\"log_sockets\"}")
        .contains("runmetrics_clients{kind=\"streams\"}")
        .endsWith("# EOF\n");
  }

  @Test
  default void a_request_keeps_the_id_that_its_client_gave_it() throws Exception {
    HttpResponse<String> answer = send("GET", "/api/health/live", "X-Request-Id", "of-a-client-1");

    assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("of-a-client-1");
  }
}
