package org.runmetrics.launcher;

import java.util.ArrayList;
import java.util.List;
import org.runmetrics.parameter.KnownNames;

/**
 * What the command line asks for.
 *
 * @param host address to listen on
 * @param port port to listen on, 1 to 65535
 * @param help whether to print the options and end
 * @param version whether to print the version and end
 * @param others arguments for Payara Micro
 */
record Options(Host host, int port, boolean help, boolean version, List<String> others) {
  static final String USAGE =
      """
      Usage: java -jar metrics.jar [--port N] [--host ADDRESS] [-- options of Payara Micro]
        --port N         port to listen on (23300)
        --host ADDRESS   address to listen on (127.0.0.1, this machine only; 0.0.0.0 for all)
        --version        prints the version
        --help           prints this
      Makes a token by which the server knows somebody, and the line of a file that names it:
        java -jar metrics.jar token NAME [--until DAY] >> FILE
      Settings are environment variables or system properties:
        METRICS_STORAGE_ROOT=/path/to/runs java -jar metrics.jar""";

  private static final KnownNames KNOWN =
      KnownNames.of("--port", "--host", "--version", "--help", "-h");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static Options parse(String[] arguments) {
    Host host = Host.LOOPBACK;
    int port = 23300;
    boolean help = false;
    boolean version = false;
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      boolean joined = parts.length == 2;
      switch (parts[0]) {
        case "--host" -> host = Host.parse(joined ? parts[1] : value(arguments, ++i));
        case "--port" -> port = port(joined ? parts[1] : value(arguments, ++i));
        case "--help", "-h" -> help = true;
        case "--version" -> version = true;
        case "--" -> {
          List<String> others = List.of(arguments).subList(i + 1, arguments.length);
          return new Options(host, port, help, version, List.copyOf(others));
        }
        default -> throw new IllegalArgumentException(unknown(parts[0]));
      }
    }
    return new Options(host, port, help, version, List.of());
  }

  private static String unknown(String option) {
    return "There is no option "
        + option
        + KNOWN.nearest(option).map(known -> "; did you mean " + known + "?").orElse("")
        + " Options of Payara Micro come after --";
  }

  /** Returns the arguments for Payara Micro. */
  String[] serverArguments() {
    List<String> server = new ArrayList<>(List.of("--nohazelcast", "--port", "" + port));
    server.addAll(others);
    return server.toArray(String[]::new);
  }

  /** Returns the address that a program on this machine opens. */
  String url() {
    return host.url(port);
  }

  private static String value(String[] arguments, int index) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
    }
    return arguments[index];
  }

  private static int port(String text) {
    if (text.matches("\\d{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw new IllegalArgumentException("--port must be a number from 1 to 65535, not " + text);
  }
}
