package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

/** What runs were started with and what came of them, in the list of the V2 API. */
class ExperimentFactsTest {
  private static final String LIST = "/api/v2/experiments";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run(
        "r1",
        "\"lr\": 0.001, \"model\": {\"name\": \"big, deep\"}, \"amp\": true",
        "\"loss\": 0.5");
    run("r2", "\"lr\": 1e-2, \"model\": {\"name\": \"Ä\"}, \"amp\": false", "\"loss\": NaN");
    run("r3", "\"lr\": \"auto\", \"layers\": [64, 64], \"__proto__\": \"<img>\"", "\"loss\": 2");
    TestRun.create(root, "r4", "finished").write("assets.json", "{damaged");
    TestRun.create(root, "gone", "finished").write(".deleted", "");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fields_that_are_asked_for_are_in_each_entry() {
    String plain = server.get(LIST + "?order_by=id").body();
    assertThat(plain).doesNotContain("\"parameters\"", "\"summary\"");

    String body =
        server.get(LIST + "?order_by=id&order_desc=false&fields=parameters,summary").body();

    assertThat(body)
        .contains(
            ",\"parameters\":{\"lr\":0.001,\"model.name\":\"big, deep\",\"amp\":true},"
                + "\"parameters_left_out\":0,\"summary\":{\"loss\":0.5},\"summary_left_out\":0}",
            "\"__proto__\":\"<img>\"",
            "\"summary\":{\"loss\":null}",
            "\"parameters\":{},\"parameters_left_out\":0,\"summary\":{}");
    assertThat(server.get(LIST + "?fields=summary").body()).doesNotContain("\"parameters\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lr; 1e-3; r1",
        "lr; 0.01; r2",
        "lr; auto; r3",
        "model.name; big, deep; r1",
        "model.name; Ä; r2",
        "amp; False; r2",
        "layers; [64,64]; r3",
        "__proto__; <img>; r3",
        "lr; 7; ''",
        "none; 1; ''",
        "lr; ''; r4 r3 r2 r1",
      })
  void runs_are_found_by_a_parameter(String name, String value, String ids) {
    assertThat(ids("?order_by=id&param." + encoded(name) + "=" + encoded(value))).isEqualTo(ids);
  }

  @Test
  void any_value_of_one_parameter_will_do_and_all_parameters_must() {
    assertThat(ids("?order_by=id&param.lr=auto&param.lr=0.001")).isEqualTo("r3 r1");
    assertThat(ids("?order_by=id&param.lr=0.01&param.lr=0.001&param.amp=true")).isEqualTo("r1");
    assertThat(ids("?param.lr=0.01&status=failed")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "param.lr; r1 r2 r3 r4; r3 r2 r1 r4",
        "param.amp; r2 r1 r3 r4; r1 r2 r3 r4",
        "param.model.name; r1 r2 r3 r4; r2 r1 r3 r4",
        "param.layers; r1 r2 r3 r4; r1 r2 r3 r4",
        "param.none; r1 r2 r3 r4; r1 r2 r3 r4",
      })
  void runs_are_ordered_by_a_parameter_and_those_without_come_last(
      String order, String ascending, String descending) {
    assertThat(ids("?order_desc=false&order_by=" + order)).isEqualTo(ascending);
    assertThat(ids("?order_by=" + order)).isEqualTo(descending);
  }

  @Test
  void a_metric_is_its_best_value_or_the_summary_s_or_the_last_that_was_logged() {
    TestRun.create(root, "r1", "finished")
        .write(
            "summary.json",
            "{\"best_metric_name\": \"loss\", \"best_metric_value\": 3, \"loss\": 0.5}");
    TestRun.create(root, "r4", "running")
        .log(1, "\"global_step\": 1, \"loss\": 9")
        .log(2, "\"global_step\": 2, \"loss\": 2.5")
        .log(3, "\"global_step\": 3, \"loss\": NaN");

    assertThat(ids("?order_by=metric.loss")).isEqualTo("r1 r4 r3 r2");
    assertThat(ids("?order_by=metric.loss&order_desc=false")).isEqualTo("r3 r4 r1 r2");
    assertThat(ids("?order_by=metric.loss&page=2&per_page=3")).isEqualTo("r2");
    assertThat(ids("?order_by=metric.none")).isEqualTo("r1 r2 r3 r4");
  }

  @Test
  void a_change_of_a_file_is_in_the_next_answer_and_in_its_tag() {
    String query = LIST + "?param.lr=5&fields=parameters";
    HttpResponse<String> before = server.get(query);
    String tag = before.headers().firstValue("ETag").orElseThrow();
    assertThat(server.get(query, "If-None-Match", tag).statusCode()).isEqualTo(304);

    run("r2", "\"lr\": 5.0", "\"loss\": 1");
    HttpResponse<String> after = server.get(query, "If-None-Match", tag);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).contains("\"id\":\"r2\"", "\"parameters\":{\"lr\":5.0}");
    assertThat(server.send("HEAD", query).headers().firstValue("ETag"))
        .isEqualTo(after.headers().firstValue("ETag"));
  }

  @Test
  void a_parameter_without_a_name_is_an_error() {
    HttpResponse<String> response = server.get(LIST + "?param.=1");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Unknown parameter param., did you mean param.<name>?");
  }

  private void run(String id, String parameters, String summary) {
    TestRun.create(root, id, "finished")
        .write("assets.json", "{\"config\": {\"args\": {" + parameters + "}}}")
        .write("summary.json", "{" + summary + "}");
  }

  private String ids(String query) {
    return server
        .object(LIST + query)
        .getJsonArray("experiments")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(run -> run.getString("id"))
        .collect(Collectors.joining(" "));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
