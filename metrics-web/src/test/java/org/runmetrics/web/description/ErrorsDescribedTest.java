package org.runmetrics.web.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runmetrics.access.Token;
import org.runmetrics.access.TokenLine;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;
import org.runmetrics.web.stream.EventClient;

/** Each error of each call is described, and each that is described can happen. */
@Timeout(120)
class ErrorsDescribedTest {
  private static final DescribedApi API = DescribedApi.read();

  /** What only a broken disk or a server that is too busy answers. */
  private static final Map<String, Set<String>> OF_BAD_LUCK =
      Map.of(
          "500",
          Set.of(
              "get_run",
              "get_progress",
              "get_skipped_lines",
              "get_log_rows",
              "search_log",
              "get_log_file",
              "list_images",
              "get_media_file",
              "get_experiment",
              "stream_metrics"),
          "429",
          Set.of("search_log"),
          "503",
          Set.of(
              "list_files",
              "get_run",
              "get_experiment",
              "get_description_as_json",
              "get_description_as_yaml",
              "get_docs_file",
              "get_experiment_metrics",
              "get_log_file",
              "get_log_rows",
              "get_media_file",
              "get_metrics_by_step",
              "get_metrics_by_time",
              "get_series",
              "get_stages",
              "get_summary",
              "list_experiments",
              "list_images",
              "list_runs",
              "search_log"));

  private static Optional<Path> root = Optional.empty();
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    Path folder = Files.createTempDirectory("errors-");
    root = Optional.of(folder);
    TestRun.create(folder, "r1", "finished")
        .log(1, "\"global_step\": 1, \"a\": 1")
        .write("logs.txt", "one\n");
    Files.createDirectory(TestRun.create(folder, "r1", "finished").directory().resolve("media"));
    TestRun.create(folder, "r1", "finished").write("media/a.png", "text");
    TestRun.create(folder, "damaged", "finished").append("no JSON\n");
    server = Optional.of(TestServer.of(folder));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
  }

  static Stream<DescribedOperation> requests() {
    return API.requests();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void errors_are_those_that_are_described(DescribedOperation operation) throws IOException {
    List<HttpResponse<String>> answers = new ArrayList<>();
    String request = operation.requestAbout("r1");
    answers.add(get(with(request, "no_such_parameter=1")));
    if (!operation.isStream()) {
      answers.add(get(operation.address("file", Optional.of("no-such-file")) + query(request)));
      answers.add(get(operation.requestAbout("no-such-run")));
      answers.add(get(operation.requestAbout("damaged")));
    } else if (operation.path().contains("{run_id}")) {
      answers.add(get(operation.requestAbout("no-such-run")));
    }
    operation
        .queryParameters()
        .filter(parameter -> parameter.number("maximum").isPresent())
        .forEach(parameter -> answers.add(get(with(request, parameter.query("one")))));
    if (!operation.isStream()) {
      answers.add(get(request, "Accept", "application/x-none"));
      answers.add(get(request, "Range", "bytes=1000000-"));
      answers.addAll(asOftenAsMayBe(request));
    } else {
      answers.add(get(request, "Accept", "application/x-none"));
      answers.add(get(request, "Origin", "https://elsewhere.example"));
      answers.add(oneStreamTooMany(request));
    }
    answers.addAll(whileTheStorageIsGone(operation));
    answers.addAll(ofStrangers(operation, request));

    Set<String> seen = new TreeSet<>();
    for (HttpResponse<String> answer : answers) {
      if (answer.statusCode() >= 400) {
        String status = Integer.toString(answer.statusCode());
        assertThat(operation.statuses()).as(answer.body()).contains(status);
        Place content = operation.content(status, DescribedOperation.JSON).orElseThrow();
        assertThat(API.faults(content.field("schema"), answer.body())).as(answer.body()).isEmpty();
        AnswersDescribedTest.checkHeaders(operation.response(status), answer);
        seen.add(status);
      }
    }
    seen.add(statusForOtherHost(request));
    OF_BAD_LUCK.forEach(
        (status, operations) -> {
          if (operations.contains(operation.toString())) {
            assertThat(seen).doesNotContain(status);
            seen.add(status);
          }
        });
    assertThat(operation.statuses().stream().filter(status -> status.compareTo("400") >= 0))
        .containsExactlyInAnyOrderElementsOf(seen);
  }

  private static String query(String request) {
    return request.contains("?") ? request.substring(request.indexOf('?')) : "";
  }

  private static String with(String request, String more) {
    return request + (request.contains("?") ? "&" : "?") + more;
  }

  private static HttpResponse<String> get(String request, String... headers) {
    return server.orElseThrow().get(request, headers);
  }

  private static List<HttpResponse<String>> asOftenAsMayBe(String request) throws IOException {
    try (TestServer strict =
        TestServer.of(root.orElseThrow(), Map.of("metrics.ratelimit.requests", "1"))) {
      return List.of(strict.get(request), strict.get(request));
    }
  }

  private static HttpResponse<String> oneStreamTooMany(String request) throws IOException {
    try (TestServer strict =
            TestServer.of(root.orElseThrow(), Map.of("metrics.stream.per-client", "1"));
        EventClient only = EventClient.open(strict, request)) {
      assertThat(only.hasEnded()).isFalse();
      return strict.get(request);
    }
  }

  /** Only health is told without a run. */
  private static List<HttpResponse<String>> whileTheStorageIsGone(DescribedOperation operation)
      throws IOException {
    if (!operation.path().contains("/health")) {
      return List.of();
    }
    try (TestServer lost = TestServer.of(root.orElseThrow().resolve("gone"))) {
      return List.of(lost.get(operation.path()));
    }
  }

  private static String statusForOtherHost(String request) throws IOException {
    return server.orElseThrow().raw(request, "other.example").split(" ", -1)[1];
  }

  /** Asks without a token where one is asked for, and as one who sees no run; some are open. */
  private static List<HttpResponse<String>> ofStrangers(
      DescribedOperation operation, String request) throws IOException {
    Path folder = Files.createTempDirectory("access-");
    Token token = Token.random();
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, TokenLine.of("alice", token, Optional.empty()).toString());
    Path rules = Files.createFile(folder.resolve("rules"));
    try (TestServer guarded =
        TestServer.of(
            root.orElseThrow(),
            Map.of(
                "metrics.auth.tokens",
                tokens.toString(),
                "metrics.auth.rules",
                rules.toString(),
                "metrics.ratelimit.enabled",
                "false"))) {
      HttpResponse<String> unknown = guarded.get(request);
      assertThat(unknown.statusCode() == 401).isEqualTo(!operation.isOpen());
      // A stream of the runs that there will be is no error, and has no end.
      return operation.isStream()
          ? List.of(unknown)
          : List.of(unknown, guarded.get(request, "Authorization", "Bearer " + token.secret()));
    }
  }
}
