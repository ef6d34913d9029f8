package org.runmetrics.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The runnable jar as a process of its own, with the demo unless a storage root is named.
 *
 * @param process the server
 * @param console what it prints
 */
public record MetricsJar(Process process, BufferedReader console) implements AutoCloseable {
  /** A port that the build keeps free for this process. */
  public static final String PORT = port("launcher.ports");

  /** The compiler of the first tier alone halves the time to the first answer. */
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Returns which of the ports that a property names is for this process of several. */
  public static String port(String property) {
    // Maven takes the number alone for a value of its own, which it does not have.
    int process = Integer.parseInt(System.getProperty("process", "process 1").substring(8));
    return System.getProperty(property, "").split(" ", 2)[process - 1];
  }

  /**
   * Starts the jar.
   *
   * @param temporary its folder for temporary files
   * @param environment added to that of the tests, without their storage root
   * @param arguments those that begin with {@code -D} are system properties
   */
  public static MetricsJar start(
      Path temporary, Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.add("-Djava.io.tmpdir=" + temporary);
    List<String> options = new ArrayList<>();
    for (String argument : arguments) {
      (argument.startsWith("-D") ? command : options).add(argument);
    }
    command.add("-jar");
    command.add(System.getProperty("metrics.jar", ""));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("METRICS_STORAGE_ROOT", "RUNICORN_DIR"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new MetricsJar(process, process.inputReader());
  }

  /** Reads the console until a line holds a text, which must come before the console ends. */
  public List<String> linesUntil(String text) throws IOException {
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

  /** Stops the server as Ctrl-C does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
