package org.runmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A second Java process, for what a process learns from its surroundings only at its start. */
public final class ForkedJvm {
  private ForkedJvm() {}

  /** Runs a main class of the test class path and returns the lines that it printed. */
  public static List<String> run(
      Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(List.of(), environment, options, main, arguments);
  }

  /** Does so in a process that cannot write a file beyond so many blocks of 512 bytes. */
  public static List<String> runWithSmallFiles(int blocks, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> shell = List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$0\" \"$@\"");
    return run(shell, Map.of(), List.of(), main, arguments);
  }

  /** Does so in a process that cannot have more files open than so many. */
  public static List<String> runWithFewDescriptors(int count, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> shell = List.of("sh", "-c", "ulimit -n " + count + " && exec \"$0\" \"$@\"");
    return run(shell, Map.of(), List.of(), main, arguments);
  }

  private static List<String> run(
      List<String> shell,
      Map<String, String> environment,
      List<String> options,
      Class<?> main,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(shell);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
