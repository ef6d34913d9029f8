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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.access.Token;
import org.runmetrics.access.TokenLine;
import org.runmetrics.web.TestServer;
import org.runmetrics.web.stream.EventClient;

/**
 * Every call that is described tells those who see one team's runs nothing of another's.
 *
 * <p>The hidden run does all it can to be seen: it says that it is of the other team, and a run of
 * that team has links to it.
 */
@Timeout(120)
class RulesDescribedTest {
  private static final DescribedApi API = DescribedApi.read();
  private static final Token ALICE = Token.random();
  private static final Token OPERATOR = Token.random();
  private static final String HIDDEN = "hidden-run";
  private static final String SHOWN = "shown-run";
  private static final String SECRET = "hidden_metric";

  /** What is only told to those who see all runs. */
  private static final List<String> OF_ALL_RUNS =
      List.of("/api/metrics/cache/stats", "/api/metrics/prometheus");

  @TempDir private static Path folder;
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    write("team-b", HIDDEN, SECRET);
    write("team-a", SHOWN, "loss");
    Path shown = run("team-a", SHOWN);
    Path hidden = run("team-b", HIDDEN);
    Files.createSymbolicLink(folder.resolve("root/runs/team-a/link"), hidden.getParent());
    Path linked = Files.createDirectories(run("team-a", "linked-run"));
    for (String name : List.of("events.jsonl", "logs.txt", "meta.json", "media")) {
      Files.createSymbolicLink(linked.resolve(name), hidden.resolve(name));
    }
    Files.createSymbolicLink(shown.resolve("media/hidden.png"), hidden.resolve("media/a.png"));
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, line("alice", ALICE) + line("operator", OPERATOR));
    Path rules = folder.resolve("rules");
    Files.writeString(rules, "@a = alice\nteam-a/** = @a\n** = operator\n");
    server =
        Optional.of(
            TestServer.of(
                folder.resolve("root"),
                Map.of(
                    "metrics.auth.tokens",
                    tokens.toString(),
                    "metrics.auth.rules",
                    rules.toString(),
                    "metrics.ratelimit.enabled",
                    "false")));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
  }

  static Stream<DescribedOperation> requests() {
    return API.requests().filter(operation -> !operation.isOpen());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void tells_nothing_of_a_run_that_is_not_to_be_seen(DescribedOperation operation)
      throws Exception {
    if (OF_ALL_RUNS.contains(operation.path())) {
      assertThat(get(ALICE, operation.requestAbout(SHOWN)).statusCode()).isEqualTo(403);
      assertThat(get(OPERATOR, operation.requestAbout(SHOWN)).statusCode()).isEqualTo(200);
    } else if (operation.isStream()) {
      stream(operation);
    } else {
      answer(operation);
    }
  }

  private static void answer(DescribedOperation operation) {
    boolean named = isAboutRuns(operation);
    HttpResponse<String> hidden = get(ALICE, operation.requestAbout(HIDDEN));
    assertThat(hidden.statusCode()).isEqualTo(named ? 404 : 200);
    assertThat(hidden.body()).doesNotContain(SECRET);
    if (named) {
      HttpResponse<String> unknown = get(ALICE, operation.requestAbout("no-run"));
      assertThat(unknown.body()).isEqualTo(hidden.body().replace(HIDDEN, "no-run"));
    }
    for (String run : List.of(SHOWN, SHOWN + ",no-run", "linked-run")) {
      String text = get(ALICE, operation.requestAbout(run)).body();
      assertThat(text).doesNotContain(HIDDEN, SECRET);
    }
    HttpResponse<String> seen = get(OPERATOR, operation.requestAbout(HIDDEN));
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(get(ALICE, operation.requestAbout(SHOWN)).statusCode()).isEqualTo(200);
  }

  private static void stream(DescribedOperation operation) throws Exception {
    boolean one = operation.path().contains("{run_id}");
    if (one) {
      assertThat(get(ALICE, operation.requestAbout(HIDDEN)).statusCode()).isEqualTo(404);
      return;
    }
    String request = operation.requestAbout(HIDDEN);
    String more = request.contains("?") ? "&list=true&cursor=start" : "";
    try (EventClient client =
        EventClient.open(
            server.orElseThrow(), request + more, "Authorization", "Bearer " + ALICE.secret())) {
      String later = "later-" + operation;
      write("team-b", later + "-hidden", SECRET);
      write("team-a", later + "-shown", "loss");
      List<String> heard = new ArrayList<>();
      while (heard.stream().noneMatch(line -> line.contains(later + "-shown"))) {
        heard.add(client.next().data());
      }
      assertThat(String.join("\n", heard)).doesNotContain("hidden-", "-hidden", SECRET);
    }
  }

  @Test
  void lists_count_what_is_seen() {
    assertThat(get(ALICE, "/api/v2/experiments").body()).doesNotContain(HIDDEN);
    for (String list : List.of("/api/runs", "/api/v2/experiments?fields=parameters")) {
      assertThat(get(ALICE, list).body()).contains(SHOWN).doesNotContain(HIDDEN);
      assertThat(get(OPERATOR, list).body()).contains(SHOWN, HIDDEN);
    }
  }

  @Test
  void no_link_leads_to_what_is_hidden() {
    String shown = "/api/runs/" + SHOWN;
    assertThat(get(ALICE, shown + "/media/hidden.png").statusCode()).isEqualTo(404);
    assertThat(get(ALICE, "/api/runs/linked-run/metrics_step").body())
        .isEqualTo("{\"columns\":[],\"rows\":[],\"total\":0,\"sampled\":0}");
    assertThat(get(ALICE, "/api/runs/linked-run/logs").body()).contains("\"total\":0");
    assertThat(get(OPERATOR, "/api/runs/" + HIDDEN + "/metrics_step").body()).contains(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"team-a = alice\nteam-c = alice\n", "** = alice\n"})
  void what_is_taken_away_ends_what_is_open_and_is_told_as_gone(String before) throws Exception {
    Path root = Files.createTempDirectory(folder, "open");
    Path tokens = Files.writeString(folder.resolve("open-tokens"), line("alice", ALICE));
    Path rules = Files.writeString(folder.resolve("open-rules"), before);
    write(root, "team-a", "a1", "loss");
    write(root, "team-c", "c1", "loss");
    String bearer = "Bearer " + ALICE.secret();
    try (TestServer open =
            TestServer.of(
                root,
                Map.of(
                    "metrics.auth.tokens",
                    tokens.toString(),
                    "metrics.auth.rules",
                    rules.toString()));
        EventClient one =
            EventClient.open(open, "/api/runs/c1/metrics_step/stream", "Authorization", bearer);
        EventClient list = EventClient.open(open, "/api/runs/stream", "Authorization", bearer)) {
      // Whoever saw all is told what goes as well as those that saw some.
      Files.writeString(rules, "team-a = alice\n");
      EventClient.Event event = list.next();
      assertThat(event.name()).isEqualTo("removed");
      assertThat(event.data()).contains("c1");
      one.awaitEnd();
      Files.writeString(tokens, "");
      list.awaitEnd();
    }
  }

  private static boolean isAboutRuns(DescribedOperation operation) {
    return operation.path().contains("{run_id}")
        || operation
            .queryParameters()
            .anyMatch(parameter -> parameter.name().equals("runs") && parameter.isRequired());
  }

  private static HttpResponse<String> get(Token token, String request) {
    return server.orElseThrow().get(request, "Authorization", "Bearer " + token.secret());
  }

  private static String line(String name, Token token) {
    return TokenLine.of(name, token, Optional.empty()) + "\n";
  }

  private static Path run(String team, String id) {
    return folder.resolve("root/runs").resolve(team).resolve(id);
  }

  private static void write(String team, String id, String metric) throws IOException {
    write(folder.resolve("root"), team, id, metric);
  }

  private static void write(Path root, String team, String id, String metric) throws IOException {
    Path run = root.resolve("runs").resolve(team).resolve(id);
    Path media = Files.createDirectories(run.resolve("media"));
    Files.writeString(media.resolve("a.png"), metric);
    Files.writeString(run.resolve("logs.txt"), metric + "\n");
    Files.writeString(run.resolve("summary.json"), "{\"best_metric_name\": \"" + metric + "\"}");
    Files.writeString(
        run.resolve("events.jsonl"),
        "{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"global_step\": 1, \""
            + metric
            + "\": 0.5, \"stage\": \"train\"}}\n");
    Files.writeString(run.resolve("meta.json"), "{\"path\": \"team-a/claimed\"}");
  }
}
