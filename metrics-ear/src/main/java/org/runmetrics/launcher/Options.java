package org.runmetrics.launcher;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param host address to listen on
 * @param port port to listen on, 1 to 65535
 * @param help whether to print the options and end
 * @param others arguments for Payara Micro
 */
record Options(Host host, int port, boolean help, List<String> others) {
  static final String USAGE =
      """
      Usage: java -jar metrics.jar [--port N] [--host ADDRESS] [options of Payara Micro]
        --port N         port to listen on (23300)
        --host ADDRESS   address to listen on (127.0.0.1, this machine only; 0.0.0.0 for all)
      Settings are environment variables or system properties:
        METRICS_STORAGE_ROOT=/path/to/runs java -jar metrics.jar""";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static Options parse(String[] arguments) {
    Host host = Host.LOOPBACK;
    int port = 23300;
    boolean help = false;
    List<String> others = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      switch (argument) {
        case "--host" -> host = Host.parse(value(arguments, ++i));
        case "--port" -> port = port(value(arguments, ++i));
        case "--help", "-h" -> help = true;
        default -> {
          if (argument.startsWith("--host=")) {
            host = Host.parse(argument.substring("--host=".length()));
          } else if (argument.startsWith("--port=")) {
            port = port(argument.substring("--port=".length()));
          } else {
            others.add(argument);
          }
        }
      }
    }
    return new Options(host, port, help, List.copyOf(others));
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
