package org.runmetrics.web.query;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class NamesTest {
  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    for (String id : List.of("a", "b", "a,b", " c ", "c", ",")) {
      TestRun.create(root, id, "finished")
          .log(
              1,
              "\"global_step\": 1, \"loss\": 1, \"p,q\": 2, \"p\": 3, \"q\": 4, \" lead\": 5,"
                  + " \"trail \": 6, \"x\\\\,y\": 7, \" \": 8, \"v*\": 9, \"val\": 10");
    }
  }

  @Test
  void a_request_may_name_a_hundred_patterns() {
    for (String call : List.of("series?", "summary?", "series/stream?list=true&")) {
      String patterns = "/api/v2/" + call + "runs=a&metrics=" + "x*,".repeat(50);
      String others =
          IntStream.range(0, 100).mapToObj(i -> "y%3F" + i).collect(Collectors.joining(","));
      HttpResponse<String> response = server.get(patterns + others);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("At most 100 names with * or ? are allowed, not 101");
    }
    String names = IntStream.range(0, 200).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
    assertThat(server.get("/api/v2/summary?runs=a&metrics=v*," + names).statusCode())
        .isEqualTo(200);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void runs_are_found_by_names_with_commas_and_blanks() {
    assertThat(runs("runs", "a,b")).containsExactly("a,b");
    assertThat(runs("runs", "b,a")).containsExactly("b", "a");
    assertThat(runs("runs", "c,a\\,b")).containsExactly("c", "a,b");
    assertThat(runs("runs", "a\\,b")).containsExactly("a,b");
    assertThat(runs("runs", "a,b", "runs", "b", "runs", "a")).containsExactly("a,b", "b", "a");
    assertThat(runs("runs", " c ")).containsExactly(" c ");
    assertThat(runs("runs", " c ,c")).containsExactly(" c ", "c");
    assertThat(runs("runs", ",")).containsExactly(",");
    assertThat(runs("runs", ",,a,")).containsExactly("a");
  }

  @Test
  void metrics_are_found_by_names_with_commas_and_blanks() {
    assertThat(metrics("p,q")).containsExactly("p,q");
    assertThat(metrics("q,p")).containsExactly("q", "p");
    assertThat(metrics("loss,p\\,q")).containsExactly("loss", "p,q");
    assertThat(metrics(" lead")).containsExactly(" lead");
    assertThat(metrics("trail , lead")).containsExactly("trail ", " lead");
    assertThat(metrics("x\\,y")).containsExactly("x\\,y");
    assertThat(metrics(" ")).containsExactly(" ");
    assertThat(metrics("p,q", "q", "p")).containsExactly("p,q", "q", "p");
  }

  @Test
  void a_name_with_a_sign_of_patterns_is_that_name_for_all_runs() {
    TestRun.create(root, "d", "finished").log(1, "\"global_step\": 1, \"val\": 1");

    assertThat(metrics("v*")).containsExactly("v*");
    assertThat(metrics("va*")).containsExactly("val");
    assertThat(series(server.object("/api/v2/series?runs=a,d&metrics=v*"), "run"))
        .containsExactly("a");
  }

  @Test
  void the_fast_view_takes_the_same_names() {
    assertThat(columns("p,q")).containsExactly("global_step", "p,q");
    assertThat(columns("p\\,q,loss")).containsExactly("global_step", "loss", "p,q");
    assertThat(columns("trail , lead")).containsExactly("global_step", " lead", "trail ");
    assertThat(columns("p,q", "q")).containsExactly("global_step", "p,q", "q");
    assertThat(columns("q,p")).containsExactly("global_step", "p", "q");
  }

  @Test
  void what_is_no_name_is_missing_as_it_was_given() {
    JsonObject missing =
        server
            .object("/api/v2/series" + query("runs", "a, b,no\\,ne", "metrics", "loss, p"))
            .getJsonObject("missing");

    assertThat(missing).hasToString("{\"runs\":[\" b\",\"no,ne\"],\"metrics\":[\" p\"]}");
  }

  @Test
  void a_run_that_appears_is_that_name_from_then_on() {
    HttpResponse<String> before = server.get("/api/v2/series" + query("runs", "b,c"));
    String tag = before.headers().firstValue("ETag").orElseThrow();

    TestRun.create(root, "b,c", "finished");

    HttpResponse<String> after =
        server.get("/api/v2/series" + query("runs", "b,c"), "If-None-Match", tag);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).contains("\"series\":[]");
  }

  private List<String> runs(String... parameters) {
    JsonObject answer = server.object("/api/v2/series" + query(parameters) + "&metrics=loss");
    assertThat(answer.getJsonObject("missing").getJsonArray("runs")).isEmpty();
    return series(answer, "run");
  }

  private List<String> metrics(String... values) {
    JsonObject answer = server.object("/api/v2/series" + repeated("metrics", values) + "&runs=a");
    assertThat(answer.getJsonObject("missing").getJsonArray("metrics")).isEmpty();
    return series(answer, "metric");
  }

  private List<String> columns(String... values) {
    return server
        .object("/api/v2/experiments/a/metrics/fast" + repeated("metric_names", values))
        .getJsonArray("columns")
        .getValuesAs(JsonString::getString);
  }

  private static List<String> series(JsonObject answer, String key) {
    return answer.getJsonArray("series").getValuesAs(JsonObject.class).stream()
        .map(series -> series.getString(key))
        .toList();
  }

  private static String repeated(String name, String... values) {
    return query(Stream.of(values).flatMap(value -> Stream.of(name, value)).toArray(String[]::new));
  }

  private static String query(String... parameters) {
    return Stream.iterate(0, i -> i < parameters.length, i -> i + 2)
        .map(
            i -> parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }
}
