package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runnable jar, as a newcomer starts and stops it. */
class LauncherIT {
  private static final String PORT = System.getProperty("launcher.port", "");

  @TempDir Path temporary;

  @Test
  void serves_demo_runs_on_the_loopback_interface_and_leaves_nothing_behind() throws Exception {
    Process server = start("--port", PORT);
    try {
      List<String> console = linesUntil("curl \"http://127.0.0.1:" + PORT, server.inputReader());

      assertThat(console).anyMatch(line -> line.contains("serving demo runs from " + temporary));
      assertThat(get("/api/runs"))
          .contains("vision/resnet18", "\"status\":\"running\"", "\"status\":\"finished\"");
      assertThat(listeningAddresses()).containsOnly("0100007F");
    } finally {
      stop(server);
    }
    assertThat(server.exitValue()).isEqualTo(128 + 15);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "::"})
  void the_command_that_it_prints_works_on_any_address(String host) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "This machine has no IPv6");
    Process server = start("--port", PORT, "--host", host);
    try {
      List<String> console = linesUntil("curl \"http://", server.inputReader());

      Process curl = new ProcessBuilder("bash", "-c", console.get(console.size() - 1)).start();

      assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"status\":\"running\"");
    } finally {
      stop(server);
    }
  }

  @Test
  void a_port_that_is_no_number_is_refused_by_name() throws Exception {
    Process server = start("--port", "x");

    assertThat(linesUntil("--port must be a number from 1 to 65535, not x", server.inputReader()))
        .isNotEmpty();
    assertThat(server.waitFor()).isEqualTo(2);
  }

  @Test
  void a_wrong_setting_is_named_and_ends_the_process() throws Exception {
    Process server = start("-Dmetrics.cache.heap=lots", "--port", PORT);

    List<String> console =
        linesUntil(
            "metrics.cache.heap must be a size in bytes such as 256MB, not lots",
            server.inputReader());

    assertThat(console).hasSize(1);
    assertThat(server.waitFor()).isEqualTo(2);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                System.getProperty("metrics.jar", "")));
    for (String argument : arguments) {
      command.add(argument.startsWith("-D") ? command.size() - 2 : command.size(), argument);
    }
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().keySet().removeAll(List.of("METRICS_STORAGE_ROOT", "RUNICORN_DIR"));
    return process.start();
  }

  private static void stop(Process server) throws InterruptedException {
    server.destroy();
    if (!server.waitFor(30, TimeUnit.SECONDS)) {
      server.destroyForcibly().waitFor();
    }
  }

  /** Reads the console until a line holds a text, which must come before the console ends. */
  private static List<String> linesUntil(String text, BufferedReader console) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = console.readLine(); line != null; line = console.readLine()) {
      System.out.println(line);
      lines.add(line);
      if (line.contains(text)) {
        return lines;
      }
    }
    throw new AssertionError("The console ended without " + text + ": " + lines);
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
