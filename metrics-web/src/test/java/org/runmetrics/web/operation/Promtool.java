package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Prometheus's own check of files and figures. */
final class Promtool {
  private Promtool() {}

  /**
   * Fails with what it says if it is not content; the test is skipped where it is not installed.
   */
  static void accepts(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process check;
    try {
      check = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException notThere) {
      Assumptions.abort("Nothing checks this: there is no promtool on this machine");
      return;
    }
    check.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    check.getOutputStream().close();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }
}
