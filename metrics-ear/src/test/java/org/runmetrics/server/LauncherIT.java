package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runnable jar, as a newcomer starts and stops it. */
class LauncherIT {
  private static final String PORT = MetricsJar.PORT;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path temporary;

  @Test
  void serves_demo_runs_on_the_loopback_interface_and_leaves_nothing_behind() throws Exception {
    try (MetricsJar server = start("--port", PORT)) {
      List<String> console = server.linesUntil("curl \"http://127.0.0.1:" + PORT);

      assertThat(console).anyMatch(line -> line.contains("serving demo runs from " + temporary));
      assertThat(get("/api/runs"))
          .contains("vision/resnet18", "\"status\":\"running\"", "\"status\":\"finished\"");
      assertThat(listeningAddresses()).containsOnly("0100007F");

      // Asked so, its console can still be read.
      server.process().toHandle().destroy();
      assertThat(server.console().lines()).isEmpty();
      assertThat(server.process().waitFor()).isEqualTo(128 + 15);
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void what_a_killed_server_left_is_gone_after_the_next_start() throws Exception {
    try (MetricsJar killed = start("--port", PORT)) {
      killed.linesUntil("Runmetrics is at");
      killed.process().destroyForcibly().waitFor();
    }
    assertThat(unpacked()).hasSize(1);
    Path abandoned = unpacked().get(0);
    Path others = Files.createDirectory(temporary.resolve("payaramicro-rt-of-another-program"));

    try (MetricsJar server = start("--port", PORT)) {
      server.linesUntil("Runmetrics is at");

      assertThat(unpacked()).hasSize(2).contains(others).doesNotContain(abandoned);
    }
    assertThat(unpacked()).containsExactly(others);
  }

  private List<Path> unpacked() throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("payaramicro-rt"))
          .toList();
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

  @Test
  void nothing_of_payaras_contradicts_its_health_and_figures() throws Exception {
    Map<String, String> root =
        Map.of("METRICS_STORAGE_ROOT", temporary.resolve("missing").toString());
    try (MetricsJar server = MetricsJar.start(temporary, root, "--port", PORT)) {
      server.linesUntil("Runmetrics is at");

      assertThat(status("/api/health/ready")).isEqualTo(503);
      assertThat(status("/health/ready")).isEqualTo(503);
      assertThat(status("/metrics")).isBetween(400, 499);
      assertThat(status("/openapi")).isBetween(400, 499);
    }
  }

  private static int status(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + PORT + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void an_answer_under_way_is_finished_before_it_stops() throws Exception {
    Path run = Files.createDirectories(temporary.resolve("storage/runs/mine/long"));
    Files.writeString(run.resolve("meta.json"), "{}");
    String line =
        "{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"global_step\": %d, \"loss\": 0.5}}";
    Files.write(
        run.resolve("events.jsonl"),
        IntStream.range(0, 300_000).mapToObj(line::formatted).toList());
    Map<String, String> root =
        Map.of("METRICS_STORAGE_ROOT", temporary.resolve("storage").toString());
    try (MetricsJar server = MetricsJar.start(temporary, root, "--port", PORT);
        Socket client = new Socket()) {
      server.linesUntil("Runmetrics is at");
      // More than the buffers of both ends hold, so the server cannot be done before it is read.
      client.setReceiveBufferSize(4_096);
      client.connect(new InetSocketAddress(LOOPBACK, Integer.parseInt(PORT)));
      client
          .getOutputStream()
          .write(
              "GET /api/runs/long/metrics_step HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream answer = client.getInputStream();
      assertThat(new String(answer.readNBytes(15), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");

      server.process().destroy();

      String rest = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rest).contains("\"total\":300000").endsWith("\r\n0\r\n\r\n");
      assertThat(server.process().waitFor()).isEqualTo(128 + 15);
    }
  }

  @Test
  void clients_that_do_not_wait_for_their_answers_fill_no_log() throws Exception {
    try (MetricsJar server = start("--port", PORT)) {
      server.linesUntil("curl \"http://");
      for (String path : List.of("/nothing", "/", "/api/runs", "/api/runs/none")) {
        for (int client = 0; client < 60; client++) {
          askAndLeave(path);
        }
      }
      assertThat(get("/api/metrics/prometheus"))
          .containsPattern("http_server_left_total\\{[^}]*\\} [1-9]");

      server.process().toHandle().destroy();
      assertThat(server.console().lines()).isEmpty();
    }
  }

  /** Sends more than one request, so that an answer is written when the connection is reset. */
  private static void askAndLeave(String path) throws IOException {
    try (Socket client = new Socket(LOOPBACK, Integer.parseInt(PORT))) {
      client.setSoLinger(true, 0);
      String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + PORT + "\r\n\r\n";
      client.getOutputStream().write(request.repeat(3).getBytes(StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "::"})
  void the_command_that_it_prints_works_on_any_address(String host) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "This machine has no IPv6");
    Map<String, String> open = Map.of("METRICS_AUTH_OPEN", "true");
    try (MetricsJar server = MetricsJar.start(temporary, open, "--port", PORT, "--host", host)) {
      List<String> console = server.linesUntil("curl \"http://");

      Process curl = new ProcessBuilder("bash", "-c", console.get(console.size() - 1)).start();

      assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"status\":\"running\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=x                   | --port must be a number from 1 to 65535, not x",
        "--prot=80                  | There is no option --prot; did you mean --port?",
        "-Dmetrics.cache.heap=lots  | metrics.cache.heap must be a size in bytes such as 256MB, not lots",
        "--host=0.0.0.0             | With --host 0.0.0.0 everybody in the network could read all runs: METRICS_AUTH_TOKENS=FILE names",
        "--tls-key=/no              | --tls-certificate and --tls-key go together; --tls-certificate is missing",
        "-Dmetrics.auth.tokens=/no  | metrics.auth.tokens must be a file that can be read, not /no",
        "-Dmetrics.storage.rot=/srv | There is no setting metrics.storage.rot; did you mean metrics.storage.root?",
      })
  void what_is_wrong_is_said_in_one_line_and_ends_the_process(String argument, String said)
      throws Exception {
    try (MetricsJar server = start(argument, "--port", PORT)) {
      assertThat(server.linesUntil(said)).hasSize(1);
      assertThat(server.process().waitFor()).isEqualTo(2);
    }
  }

  @Test
  void a_certificate_that_is_none_is_said_in_one_line() throws Exception {
    Path empty = Files.createFile(temporary.resolve("empty.pem"));
    String file = empty.toString();
    try (MetricsJar server = start("--tls-certificate", file, "--tls-key", file, "--port", PORT)) {
      assertThat(server.linesUntil("--tls-certificate: " + file + " holds no -----BEGIN CERT"))
          .hasSize(1);
      assertThat(server.process().waitFor()).isEqualTo(2);
    }
  }

  @Test
  void a_port_that_is_taken_is_said_in_one_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(Integer.parseInt(PORT), 1, LOOPBACK);
        MetricsJar server = start("--port", PORT)) {
      assertThat(server.linesUntil("Cannot listen on port " + PORT + " of 127.0.0.1")).hasSize(1);
      assertThat(server.process().waitFor()).isEqualTo(1);
      assertThat(taken.isBound()).isTrue();
    }
  }

  @Test
  void makes_a_token_by_which_the_server_knows_who_asks() throws Exception {
    Path tokens = temporary.resolve("tokens");
    String made;
    try (MetricsJar maker = start("token", "alice", "--until", "2999-12-31")) {
      List<String> lines = maker.linesUntil("rmt_");
      assertThat(lines.get(0)).isEmpty();
      assertThat(lines.get(1)).startsWith("alice sha256:").endsWith(" until=2999-12-31");
      Files.writeString(tokens, lines.get(1));
      made = lines.get(lines.size() - 1);
      assertThat(maker.process().waitFor()).isZero();
    }
    Map<String, String> settings = Map.of("METRICS_AUTH_TOKENS", tokens.toString());
    try (MetricsJar server = MetricsJar.start(temporary, settings, "--port", PORT)) {
      List<String> console = server.linesUntil("curl -H");
      String command = console.get(console.size() - 1);
      assertThat(status("/api/runs")).isEqualTo(401);

      Process curl = new ProcessBuilder("bash", "-c", "TOKEN=" + made + "; " + command).start();

      assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"status\":\"running\"");
    }
  }

  @Test
  void tells_its_version() throws Exception {
    try (MetricsJar server = start("--version")) {
      assertThat(server.linesUntil("(Payara Micro "))
          .singleElement(STRING)
          .matches("Runmetrics \\d+\\.\\d+\\.\\d+\\S* \\(Payara Micro [0-9.]+\\)");
      assertThat(server.process().waitFor()).isZero();
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
