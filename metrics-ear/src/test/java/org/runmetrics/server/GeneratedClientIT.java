package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client in Python that is made of the API's description, against the jar that describes it. */
@Timeout(300)
class GeneratedClientIT {
  private static final String SERVER = "http://127.0.0.1:" + MetricsJar.PORT;

  /** What the client needs; the generation of pydantic decides by which generator it is made. */
  private static final String NEEDS =
      "import dateutil, typing_extensions, urllib3, pydantic; print(pydantic.VERSION)";

  @TempDir Path folder;

  /** A program that has ended. */
  private record Ended(int status, String output) {}

  @Test
  void a_client_that_is_made_of_the_description_reads_runs_and_errors() throws Exception {
    Optional<String> python =
        Stream.of("python3", "/usr/bin/python3").filter(this::hasLibraries).findFirst();
    assumeTrue(
        python.isPresent(),
        "No client is made: Python with pydantic, urllib3, dateutil and typing_extensions is missing");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (MetricsJar jar = MetricsJar.start(temporary, Map.of(), "--port", MetricsJar.PORT)) {
      assertThat(jar.linesUntil("Runmetrics is at")).isNotEmpty();
      make(python.orElseThrow());

      Ended script = run(python.orElseThrow(), script().toString(), SERVER);

      assertThat(script.status()).as(script.output()).isZero();
      assertThat(script.output().lines())
          .containsExactly(
              "runs 24",
              "run finished 1800.0 0.001 None",
              "rows global_step 2 2",
              "curves [('loss', 10), ('val_loss', 10), ('val_accuracy', 10)] []",
              "page 2 True",
              "found 111 [[11, 18]]",
              "ready up",
              "refused 404 {\"detail\":\"Run not found: no-such-run\"}",
              "refused 400 {\"detail\":\"axis must be step, time, relative or a numeric metric of the"
                  + " runs, not no-such-metric\"}");
    }
  }

  private void make(String python) throws Exception {
    boolean isFirst = run(python, "-c", NEEDS).output().startsWith("1.");
    Ended generator =
        run(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            System.getProperty("openapi.generator", ""),
            "generate",
            "--input-spec",
            SERVER + "/api/openapi.json",
            "--generator-name",
            isFirst ? "python-pydantic-v1" : "python",
            "--package-name",
            "runmetrics_client",
            "--output",
            folder.resolve("client").toString());
    assertThat(generator.status()).as(generator.output()).isZero();
  }

  private Path script() throws IOException {
    try (InputStream script = GeneratedClientIT.class.getResourceAsStream("client.py")) {
      return Files.write(
          folder.resolve("client.py"), Objects.requireNonNull(script).readAllBytes());
    }
  }

  private boolean hasLibraries(String python) {
    try {
      return run(python, "-c", NEEDS).status() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Ended run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", folder.resolve("client").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
