package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

/** The dashboard and the alerts of docs/operations, beside the figures of a server. */
@Timeout(60)
class OperationFilesTest {
  private static final String FOLDER = "docs/operations";
  private static final OperatorFile ALERTS = OperatorFile.of(FOLDER, "alerts.yml");
  private static final OperatorFile ALERTS_TEST = OperatorFile.of(FOLDER, "alerts-test.yml");
  private static final OperatorFile DASHBOARD = OperatorFile.of(FOLDER, "dashboard.json");

  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

  /** What stands beside names of figures: labels, and spans of time. */
  private static final Pattern NO_NAMES =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(?:by|without) *\\([^)]*\\)");

  /** No function: those have a bracket after their names. */
  private static final Pattern NAME = Pattern.compile("\\b[a-z]+_\\w+\\b(?! *\\()");

  private static final Pattern LABEL = Pattern.compile("(\\w+) *(=~|!~|!=|=) *\"([^\"]*)\"");

  private static final Pattern GROUPED = Pattern.compile("\\b(?:by|without) *\\(([^)]*)\\)");

  /** Labels that Prometheus adds. */
  private static final List<String> ADDED = List.of("job", "instance");

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Path root = Files.createDirectory(folder.resolve("storage"));
    server = TestServer.of(root);
    TestRun.create(root, "one", "running").log(1, "\"global_step\": 1, \"loss\": 0.5");
    server.get("/api/runs/one/metrics_step");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_alert_is_a_rule_with_what_to_do() throws Exception {
    int alerts = ALERTS.values("alert").size();
    assertThat(alerts).isPositive();
    for (String told : List.of("expr", "for", "severity", "summary", "action")) {
      assertThat(ALERTS.values(told)).as(told).hasSize(alerts);
    }
    Promtool.accepts("", "check", "rules", ALERTS.path().toString());
  }

  @Test
  void each_alert_fires_when_it_should_and_no_other_does() throws Exception {
    assertThat(ALERTS_TEST.text())
        .contains(ALERTS.texts("alert").stream().map("'{alertname=\"%s\"}'"::formatted).toList());
    Promtool.accepts("", "test", "rules", ALERTS_TEST.path().toString());
  }

  @Test
  void each_alert_is_explained() throws Exception {
    assertThat(OperatorFile.of(FOLDER, "README.md").text())
        .contains(ALERTS.texts("alert").stream().map("| `%s` |"::formatted).toList());
  }

  @Test
  void prometheus_can_run_what_each_panel_asks() throws Exception {
    List<String> rules = new ArrayList<>(List.of("groups: [{name: panels, rules: ["));
    for (String query : DASHBOARD.texts("expr")) {
      rules.add(
          "{record: 'panel:%d', expr: '%s'},"
              .formatted(rules.size(), query.replace("$__rate_interval", "5m")));
    }
    rules.add("]}]");
    assertThat(rules).hasSizeGreaterThan(20);
    Path file = Files.write(folder.resolve("panels.yml"), rules);
    Promtool.accepts("", "check", "rules", file.toString());
  }

  @Test
  void every_figure_that_they_name_is_one_of_the_server() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String query : queries()) {
      String names = NO_NAMES.matcher(TEXT.matcher(query).replaceAll("\"\"")).replaceAll("");
      NAME.matcher(names).results().map(MatchResult::group).forEach(named::add);
    }
    assertThat(named).hasSizeGreaterThan(15);
    assertThat(figures().map(line -> line.replaceAll("[{ ].*", ""))).containsAll(named);
  }

  @Test
  void every_label_that_they_name_is_one_of_the_server() throws IOException {
    List<String> figures = figures().toList();
    Set<String> unknown = new TreeSet<>();
    for (String query : queries()) {
      LABEL
          .matcher(query)
          .results()
          .filter(label -> !isThere(label, figures))
          .map(MatchResult::group)
          .forEach(unknown::add);
      GROUPED
          .matcher(query)
          .results()
          .flatMap(labels -> Stream.of(labels.group(1).split(", *")))
          .filter(label -> !ADDED.contains(label) && !holds(figures, label + "=\""))
          .forEach(unknown::add);
    }
    assertThat(unknown).isEmpty();
  }

  /** Asks for the value as well, unless it is a pattern, or a status, which is up to clients. */
  private static boolean isThere(MatchResult label, List<String> figures) {
    String name = label.group(1);
    String value = label.group(3);
    boolean exact = label.group(2).equals("=");
    if (ADDED.contains(name)) {
      return true;
    }
    if (exact && name.equals("route")) {
      return Route.of(value).template().equals(value);
    }
    return holds(figures, name + "=\"" + (exact && !name.equals("status") ? value + "\"" : ""));
  }

  private static boolean holds(List<String> figures, String text) {
    return figures.stream().anyMatch(line -> line.contains(text));
  }

  private Stream<String> figures() {
    return server
        .get("/api/metrics/prometheus")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"));
  }

  private static List<String> queries() throws IOException {
    return Stream.of(
            DASHBOARD.texts("expr"),
            DASHBOARD.texts("definition"),
            ALERTS.texts("expr"),
            ALERTS_TEST.texts("series"))
        .flatMap(List::stream)
        .toList();
  }
}
