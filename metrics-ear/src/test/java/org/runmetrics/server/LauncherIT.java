package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runnable jar, as a newcomer starts and stops it. */
class LauncherIT {
  private static final String PORT = MetricsJar.PORT;

  @TempDir Path temporary;

  @Test
  void serves_demo_runs_on_the_loopback_interface_and_leaves_nothing_behind() throws Exception {
    MetricsJar server = start("--port", PORT);
    try (server) {
      List<String> console = server.linesUntil("curl \"http://127.0.0.1:" + PORT);

      assertThat(console).anyMatch(line -> line.contains("serving demo runs from " + temporary));
      assertThat(get("/api/runs"))
          .contains("vision/resnet18", "\"status\":\"running\"", "\"status\":\"finished\"");
      assertThat(listeningAddresses()).containsOnly("0100007F");
    }
    assertThat(server.process().exitValue()).isEqualTo(128 + 15);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void serves_the_runs_of_the_storage_root_that_the_environment_names() throws Exception {
    Path run = temporary.resolve("storage/runs/mine/one");
    Files.createDirectories(run);
    Files.writeString(run.resolve("meta.json"), "{}");
    Map<String, String> root =
        Map.of("METRICS_STORAGE_ROOT", temporary.resolve("storage").toString());
    try (MetricsJar server = MetricsJar.start(temporary, root, "--port", PORT)) {
      server.linesUntil("Runmetrics is at");

      assertThat(get("/api/runs")).contains("\"id\":\"one\"").doesNotContain("vision/resnet18");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "::"})
  void the_command_that_it_prints_works_on_any_address(String host) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "This machine has no IPv6");
    try (MetricsJar server = start("--port", PORT, "--host", host)) {
      List<String> console = server.linesUntil("curl \"http://");

      Process curl = new ProcessBuilder("bash", "-c", console.get(console.size() - 1)).start();

      assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"status\":\"running\"");
    }
  }

  @Test
  void a_port_that_is_no_number_is_refused_by_name() throws Exception {
    try (MetricsJar server = start("--port", "x")) {
      assertThat(server.linesUntil("--port must be a number from 1 to 65535, not x")).isNotEmpty();
      assertThat(server.process().waitFor()).isEqualTo(2);
    }
  }

  @Test
  void a_wrong_setting_is_named_and_ends_the_process() throws Exception {
    try (MetricsJar server = start("-Dmetrics.cache.heap=lots", "--port", PORT)) {
      assertThat(
              server.linesUntil(
                  "metrics.cache.heap must be a size in bytes such as 256MB, not lots"))
          .hasSize(1);
      assertThat(server.process().waitFor()).isEqualTo(2);
    }
  }

  private MetricsJar start(String... arguments) throws IOException {
    return MetricsJar.start(temporary, Map.of(), arguments);
  }

  private static String get(String path) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** Returns the addresses on which the port is open, as the kernel writes them. */
  private static List<String> listeningAddresses() throws IOException {
    String port = "%04X".formatted(Integer.parseInt(PORT));
    List<String> sockets = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      sockets.addAll(Files.readAllLines(Path.of(table)));
    }
    return sockets.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[1].endsWith(":" + port) && fields[3].equals("0A"))
        .map(fields -> fields[1].substring(0, fields[1].indexOf(':')))
        .map(address -> address.replaceFirst("^0{16}F{4}0{4}", ""))
        .toList();
  }
}
