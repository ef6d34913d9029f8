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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What README.md says can be copied and works, against the runnable jar and its demo.
 *
 * <p>Only the port is another. Blocks marked {@code sh} start servers, as {@link LauncherIT} does.
 */
@Timeout(120)
class ReadmeIT {
  private static final String PYTHON_NEEDS = "import matplotlib, pandas, requests, websockets";
  private static final List<String> NODE =
      List.of("node", "--experimental-websocket", "--experimental-eventsource");

  @TempDir private static Path folder;

  private static Optional<MetricsJar> server = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    MetricsJar jar = MetricsJar.start(temporary, Map.of(), "--port", MetricsJar.PORT);
    server = Optional.of(jar);
    jar.linesUntil("Runmetrics is at");
  }

  @AfterAll
  static void stop() {
    server.ifPresent(MetricsJar::close);
  }

  @Test
  void there_are_blocks_of_each_kind() throws IOException {
    assertThat(Readme.blocks("console")).hasSizeGreaterThan(1);
    assertThat(Readme.blocks("python")).hasSizeGreaterThan(3);
    assertThat(Readme.blocks("js")).isNotEmpty();
    assertThat(Readme.blocks("sh", "console", "python", "js"))
        .as("blocks of a language that no test runs")
        .hasSameSizeAs(Readme.blocks());
  }

  /** In these blocks a command follows each prompt, and its output follows the command. */
  @TestFactory
  Stream<DynamicTest> commands_print_what_stands_under_them() throws IOException {
    assumeTrue(canRun(List.of("curl", "--version")), "curl is not installed");
    return Readme.blocks("console").stream()
        .flatMap(block -> Stream.of(block.code().split("(?m)^\\$ ")).skip(1))
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.lines().findFirst().orElseThrow(), () -> printsWhatFollows(text)));
  }

  private static void printsWhatFollows(String text) throws Exception {
    String[] parts = text.split("\n", 2);
    Readme.Block command = new Readme.Block("bash", parts[0]).at(MetricsJar.PORT);

    Process process = run(List.of("bash", "-c", command.code()));

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    // Long lines are folded on the page.
    assertThat(output.replaceAll("\\s", "")).isEqualTo(parts[1].replaceAll("\\s", ""));
  }

  @TestFactory
  Stream<DynamicTest> scripts_of_python_show_something() throws IOException {
    return scripts("python", python());
  }

  @TestFactory
  Stream<DynamicTest> scripts_of_pages_show_something() throws IOException {
    assumeTrue(
        canRun(concat(NODE, "-e", "new WebSocket('ws://[::1]:9'), EventSource")),
        "node with WebSocket and EventSource is not installed");
    return scripts("js", NODE);
  }

  private static Stream<DynamicTest> scripts(String language, List<String> interpreter)
      throws IOException {
    return Readme.blocks(language).stream()
        .map(block -> block.at(MetricsJar.PORT))
        .flatMap(
            block ->
                Stream.of(
                    DynamicTest.dynamicTest(block.title(), () -> works(block, interpreter)),
                    DynamicTest.dynamicTest(
                        block.title() + " of an unknown run",
                        () -> tellsOfAnUnknownRun(block, interpreter))));
  }

  private static void works(Readme.Block block, List<String> interpreter) throws Exception {
    Process process = run(concat(interpreter, script(block)));
    List<String> shown = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      long stepAtFirst = 0;
      boolean live = false;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        shown.add(line);
        stepAtFirst = stepAtFirst == 0 ? step() : stepAtFirst;
        if (block.isEndless() && !output.ready() && step() > stepAtFirst + 4) {
          // The run has gone on, and this was shown since.
          live = true;
          process.destroy();
          break;
        }
      }
      assertThat(live).as("live until it is stopped: %s", shown).isEqualTo(block.isEndless());
    }
    int status = process.waitFor();
    assertThat(shown).as("what is shown").isNotEmpty();
    assertThat(String.join("\n", shown)).doesNotContain("Traceback", "Error");
    if (!block.isEndless()) {
      assertThat(status).as("%s", shown).isZero();
    }
  }

  /** Returns the last step of the run that trains. */
  private static long step() throws Exception {
    String url =
        "http://127.0.0.1:" + MetricsJar.PORT + "/api/runs/20250116_080000_c0ffee/progress";
    String progress =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return Long.parseLong(progress.replaceAll(".*\"step\":(\\d+).*", "$1"));
  }

  private static void tellsOfAnUnknownRun(Readme.Block block, List<String> interpreter)
      throws Exception {
    assumeTrue(block.namesRuns(), "it names no run");
    Process process = run(concat(interpreter, script(block.withoutRuns())));

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output).containsPattern("Run not found|404");
  }

  private static String script(Readme.Block block) throws IOException {
    return Files.writeString(
            Files.createTempFile(folder, "readme", "." + block.language()), block.code())
        .toString();
  }

  /** Returns the first Python that has the libraries. */
  private static List<String> python() {
    Optional<String> python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(name -> canRun(List.of(name, "-c", PYTHON_NEEDS)))
            .findFirst();
    assumeTrue(
        python.isPresent(),
        "Python with requests, pandas, matplotlib, websockets is not installed");
    return List.of(python.orElseThrow(), "-u");
  }

  private static boolean canRun(List<String> command) {
    try {
      Process process = run(command);
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Process run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().putAll(Map.of("MPLBACKEND", "Agg", "MPLCONFIGDIR", folder.toString()));
    return builder.start();
  }

  private static List<String> concat(List<String> command, String... arguments) {
    return Stream.concat(command.stream(), Stream.of(arguments)).toList();
  }
}
