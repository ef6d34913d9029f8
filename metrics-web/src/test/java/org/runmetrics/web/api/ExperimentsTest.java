package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class ExperimentsTest {
  private static final String LIST = "/api/v2/experiments";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run("r1", "finished", "vision/small", "1736812800", "\"Größe eins\"", "0.5");
    run("r2", "running", "vision/big", "1736868645.25", "null", "0.75");
    run("r3", "failed", "nlp", "1736899200", "\"base line\"", "NaN");
    TestRun.create(root, "gone", "finished").write(".deleted", "");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_page_tells_its_place_and_shows_runs_as_the_list_of_runs_does() {
    String runs = server.get("/api/runs?order=id").body();
    String body = server.get(LIST + "?order_by=id&order_desc=false").body();

    assertThat(body)
        .startsWith("{\"experiments\":" + runs + ",\"total\":3,\"page\":1,\"per_page\":50,")
        .containsPattern(
            "\"has_next\":false,\"has_prev\":false,\"query_time_ms\":[0-9]+\\.[0-9]{1,3}\\}$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; r3 r2 r1",
        "project=vision; r2 r1",
        "project=Vision; ''",
        "name=small; r1",
        "status=finished; r1",
        "status=finished,failed; r3 r1",
        "status=finished&status=failed; r3 r1",
        "status=lost; ''",
        "search=GR%C3%96%C3%9FE; r1",
        "search=base+line; r3",
        "search=vision/b; r2",
        "project=&search=&status=; r3 r2 r1",
        "created_after=1736868645.25; r3 r2",
        "created_after=1736868645.26; r3",
        "created_before=2025-01-14; r2 r1",
        "created_after=2025-01-15; r3",
        "created_before=2025-01-14T15:30:45.25Z; r2 r1",
        "created_before=2025-01-14T17:30:45.25+02:00; r2 r1",
        "created_after=2025-01-15&created_before=2025-01-14; ''",
        "best_metric_min=0.5; r2 r1",
        "best_metric_max=0.5; r1",
        "best_metric_min=-1e9&best_metric_max=1e9&project=vision&status=running; r2",
        "order_by=best_metric_value; r2 r1 r3",
        "order_by=best_metric_value&order_desc=false; r1 r2 r3",
        "order_by=best_metric_value&order_desc=False; r1 r2 r3",
        "order_by=created_at&order_desc=True; r3 r2 r1",
        "order_by=project&order_desc=false; r3 r1 r2",
        "order_by=name&order_desc=false; r2 r1 r3",
        "order_by=status&order_desc=false; r3 r1 r2",
      })
  void runs_are_filtered_and_ordered(String query, String ids) {
    JsonObject page = server.object(LIST + "?" + query);

    assertThat(ids(page)).isEqualTo(ids);
    assertThat(page.getInt("total")).isEqualTo(ids.isEmpty() ? 0 : ids.split(" ").length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "page=1&per_page=2; r3 r2; true; false",
        "page=2&per_page=2; r1; false; true",
        "page=9&per_page=2; ''; false; true",
        "page=2147483647&per_page=1000; ''; false; true",
      })
  void pages_follow_each_other_and_end(String query, String ids, boolean next, boolean previous) {
    JsonObject page = server.object(LIST + "?" + query);

    assertThat(ids(page)).isEqualTo(ids);
    assertThat(page.getInt("total")).isEqualTo(3);
    assertThat(page.getBoolean("has_next")).isEqualTo(next);
    assertThat(page.getBoolean("has_prev")).isEqualTo(previous);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "per_page=0; 422; per_page must be an integer from 1 to 1000, not 0",
        "per_page=1001; 422; per_page must be an integer from 1 to 1000, not 1001",
        "per_page=many; 422; per_page must be an integer from 1 to 1000, not many",
        "page=0; 422; page must be an integer from 1 to 2147483647, not 0",
        "page=-1; 422; page must be an integer from 1 to 2147483647, not -1",
        "order_by=loss; 400; order_by must be created_time, created_at, id, name, project, status,"
            + " path, best_metric_value, param.<name> or metric.<name>, not loss",
        "order_by=param.; 400; order_by must be created_time, created_at, id, name, project,"
            + " status, path, best_metric_value, param.<name> or metric.<name>, not param.",
        "fields=parameters,tags; 400; fields must be parameters, summary or both with a comma"
            + " between, not tags",
        "order_desc=yes; 400; order_desc must be true or false, not yes",
        "created_after=soon; 400; created_after must be epoch seconds or a date or time of ISO"
            + " 8601, not soon",
        "created_before=2025-02-30; 400; created_before must be epoch seconds or a date or time of"
            + " ISO 8601, not 2025-02-30",
        "best_metric_min=NaN; 400; best_metric_min must be a finite number, not NaN",
        "best_metric_max=high; 400; best_metric_max must be a finite number, not high",
        "name=a&name=b; 400; name must be given once, not 2 times",
      })
  void a_wrong_value_is_named_with_what_is_allowed(String query, int status, String detail) {
    HttpResponse<String> response = server.get(LIST + "?" + query);

    assertThat(response.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void an_unknown_parameter_is_an_error_that_names_the_nearest() {
    HttpResponse<String> response = server.get(LIST + "?orderby=id");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Unknown parameter orderby, did you mean order_by?");
  }

  @Test
  void a_change_is_in_the_next_page() {
    assertThat(ids(server.object(LIST + "?status=running"))).isEqualTo("r2");

    run("r4", "running", "vision/new", "1736899201", "null", "1");
    assertThat(ids(server.object(LIST + "?status=running"))).isEqualTo("r4 r2");

    TestRun.create(root, "r2", "finished");
    assertThat(ids(server.object(LIST + "?status=running"))).isEqualTo("r4");

    TestRun.create(root, "r4", "running").write(".deleted", "");
    assertThat(ids(server.object(LIST + "?status=running"))).isEmpty();
  }

  private void run(
      String id, String status, String group, String created, String alias, String best) {
    TestRun.create(root, id, status)
        .write(
            "meta.json",
            "{\"path\": \"%s\", \"created_at\": %s, \"alias\": %s, \"tags\": [\"t\"]}"
                .formatted(group, created, alias))
        .write(
            "summary.json", "{\"best_metric_name\": \"acc\", \"best_metric_value\": " + best + "}");
  }

  private static String ids(JsonObject page) {
    return page.getJsonArray("experiments").getValuesAs(JsonObject.class).stream()
        .map(run -> run.getString("id"))
        .collect(Collectors.joining(" "));
  }
}
