package org.runmetrics.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.runmetrics.parameter.KnownNames;
import org.runmetrics.tls.TlsFiles;

/**
 * What the command line asks for.
 *
 * @param host address to listen on
 * @param port port to listen on, 1 to 65535
 * @param tls what it serves HTTPS with, if it does
 * @param help whether to print the options and end
 * @param version whether to print the version and end
 * @param others arguments for Payara Micro
 */
record Options(
    Host host,
    int port,
    Optional<TlsFiles> tls,
    boolean help,
    boolean version,
    List<String> others) {
  static final String USAGE =
      """
      Usage: java -jar metrics.jar [--port N] [--host ADDRESS] [-- options of Payara Micro]
        --port N         port to listen on (23300)
        --host ADDRESS   address to listen on (127.0.0.1, this machine only; 0.0.0.0 for all)
        --tls-certificate FILE, --tls-key FILE
                         serves https:// alone, with a PEM certificate (its chain behind it) and
                         its key, which are read again when they change
        --version        prints the version
        --help           prints this
      Makes a token by which the server knows somebody, and the line of a file that names it:
        java -jar metrics.jar token NAME [--until DAY] >> FILE
      Settings are environment variables or system properties:
        METRICS_STORAGE_ROOT=/path/to/runs java -jar metrics.jar""";

  private static final KnownNames KNOWN =
      KnownNames.of(
          "--port", "--host", TlsFiles.CERTIFICATE, TlsFiles.KEY, "--version", "--help", "-h");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static Options parse(String[] arguments) {
    Host host = Host.LOOPBACK;
    int port = 23300;
    Optional<Path> certificate = Optional.empty();
    Optional<Path> key = Optional.empty();
    boolean help = false;
    boolean version = false;
    List<String> others = List.of();
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      boolean joined = parts.length == 2;
      switch (parts[0]) {
        case "--host" -> host = Host.parse(joined ? parts[1] : value(arguments, ++i));
        case "--port" -> port = port(joined ? parts[1] : value(arguments, ++i));
        case TlsFiles.CERTIFICATE ->
            certificate = Optional.of(file(parts[0], joined ? parts[1] : value(arguments, ++i)));
        case TlsFiles.KEY ->
            key = Optional.of(file(parts[0], joined ? parts[1] : value(arguments, ++i)));
        case "--help", "-h" -> help = true;
        case "--version" -> version = true;
        case "--" -> {
          others = List.copyOf(List.of(arguments).subList(i + 1, arguments.length));
          i = arguments.length;
        }
        default -> throw new IllegalArgumentException(unknown(parts[0]));
      }
    }
    return new Options(host, port, tls(certificate, key), help, version, others);
  }

  private static Optional<TlsFiles> tls(Optional<Path> certificate, Optional<Path> key) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "%s and %s go together; %s is missing"
              .formatted(
                  TlsFiles.CERTIFICATE,
                  TlsFiles.KEY,
                  key.isPresent() ? TlsFiles.CERTIFICATE : TlsFiles.KEY));
    }
    return certificate.flatMap(its -> key.map(owners -> new TlsFiles(its, owners)));
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
    return host.url(tls.isPresent() ? "https" : "http", port);
  }

  private static String value(String[] arguments, int index) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
    }
    return arguments[index];
  }

  private static Path file(String option, String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException impossible) {
      // Answered below, as an empty name is.
    }
    throw new IllegalArgumentException(option + " must be a file that can be read, not " + text);
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
