package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.TestServer;

/** The files of deploy/, beside the settings and the probes that there are. */
@Timeout(60)
class DeployFilesTest {
  private static final OperatorFile KUBERNETES = OperatorFile.of("deploy", "kubernetes.yaml");
  private static final OperatorFile SYSTEMD = OperatorFile.of("deploy", "metrics.service");

  /** As systemd, Docker and Kubernetes write it. */
  private static final Pattern SETTING =
      Pattern.compile("\\b(METRICS_\\w+)(?:=|, value: \"?)([^\\s\"}]+)");

  private static final Pattern STOP =
      Pattern.compile("METRICS_STOP_SECONDS\\W+(?:value\\W+)?(\\d+)");

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"metrics.service", "Dockerfile", "kubernetes.yaml"})
  void their_settings_are_ones_of_the_server(String name) throws IOException {
    List<MatchResult> given =
        SETTING.matcher(OperatorFile.of("deploy", name).text()).results().toList();
    assertThat(given).isNotEmpty();

    Path tokens = Files.createFile(root.resolve("tokens"));
    Set<String> known = new HashSet<>();
    Settings read =
        Settings.from(
            setting -> {
              String variable = setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
              known.add(variable);
              return given.stream()
                  .filter(it -> it.group(1).equals(variable))
                  .map(
                      it ->
                          variable.equals("METRICS_AUTH_TOKENS") ? tokens.toString() : it.group(2))
                  .findFirst();
            });

    assertThat(known).containsAll(given.stream().map(it -> it.group(1)).toList());
    assertThat(read.storageRoot()).isPresent();
  }

  @Test
  void the_probes_of_kubernetes_are_answered() throws IOException {
    List<String> paths = new ArrayList<>();
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(KUBERNETES.values(probe))
          .singleElement()
          .isInstanceOfSatisfying(
              Map.class,
              it ->
                  assertThat(it.get("httpGet"))
                      .isInstanceOfSatisfying(
                          Map.class, get -> paths.add(String.valueOf(get.get("path")))));
    }
    assertThat(paths)
        .containsExactly("/api/health/started", "/api/health/live", "/api/health/ready");
    try (TestServer server = TestServer.of(root)) {
      paths.addAll(KUBERNETES.texts("prometheus.io/path"));
      assertThat(paths).hasSize(4);
      for (String path : paths) {
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  @Test
  void a_server_that_is_stopped_is_given_longer_than_it_takes() throws IOException {
    assertThat(number(Pattern.compile("TimeoutStopSec=(\\d+)"), SYSTEMD))
        .isGreaterThan(number(STOP, SYSTEMD));
    assertThat(number(Pattern.compile("terminationGracePeriodSeconds: (\\d+)"), KUBERNETES))
        .isGreaterThan(number(STOP, KUBERNETES));
  }

  private static int number(Pattern pattern, OperatorFile file) throws IOException {
    Optional<MatchResult> found = pattern.matcher(file.text()).results().findFirst();
    return Integer.parseInt(found.orElseThrow().group(1));
  }
}
