package org.runmetrics.launcher;

import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.runmetrics.settings.Settings;
import org.runmetrics.tls.ServerKey;
import org.runmetrics.tls.ServerKeyProvider;

/** Starts Payara Micro with the WAR that lies in the same jar. */
public final class Launcher {
  private Launcher() {}

  /** Runs until the process is stopped; {@code --help} lists the options. */
  public static void main(String[] arguments) {
    try {
      if (arguments.length > 0 && arguments[0].equals(NewToken.COMMAND)) {
        NewToken.parse(List.of(arguments).subList(1, arguments.length))
            .make(System.out, System.err);
        return;
      }
      Options options = Options.parse(arguments);
      if (options.help()) {
        System.out.println(Options.USAGE);
        return;
      }
      if (options.version()) {
        System.out.println("Runmetrics " + Launcher.class.getPackage().getImplementationVersion());
        return;
      }
      // Payara would hide what is wrong with a setting, and go on without the application.
      Settings settings = Settings.load();
      if (settings.entrance().isExposed(options.host().digits())) {
        exit(2, exposed(options));
      }
      // Payara would log a page, and go on without listening.
      Optional<ServerKey> key = options.tls().map(ServerKey::read);
      key.flatMap(ServerKey::outOfDate).ifPresent(System.err::println);
      start(options, key, settings.entrance().asks());
    } catch (IllegalArgumentException wrong) {
      exit(2, String.valueOf(wrong.getMessage()));
    }
  }

  private static String exposed(Options options) {
    return "With --host "
        + options.host().digits()
        + " everybody in the network could read all runs: METRICS_AUTH_TOKENS=FILE names those who"
        + " may (java -jar metrics.jar token NAME >> FILE), METRICS_AUTH_OPEN=true lets everybody";
  }

  private static void start(Options options, Optional<ServerKey> key, boolean asksForTokens) {
    // Payara would print pages about a port that is taken.
    try {
      new ServerSocket(options.port(), 1, options.host().address()).close();
    } catch (IOException taken) {
      exit(
          1,
          "Cannot listen on port %d of %s (%s); --port and --host choose others"
              .formatted(options.port(), options.host().digits(), taken.getMessage()));
    }
    AbandonedServers.remove(Path.of(System.getProperty("java.io.tmpdir")));
    StopSignals.listen();
    Runtime.getRuntime().addShutdownHook(new Thread(new UnpackedServer()::remove));
    // Read by MICRO-INF/pre-boot-commands.txt.
    System.setProperty("launcher.host", options.host().digits());
    System.setProperty("launcher.tls", String.valueOf(key.isPresent()));
    // See docs/adr/0041: off it is only clean over TLS.
    System.setProperty("launcher.http2", String.valueOf(key.isEmpty()));
    key.ifPresent(ServerKeyProvider::register);
    try {
      PayaraMicroBoot server = PayaraMicroLauncher.create(options.serverArguments());
      UnpackedServer.folder().ifPresent(AbandonedServers::mark);
      // Payara goes on without an application that failed, and answers 404 or 500 to everything.
      if (server.getRuntime().getDeployedApplicationNames().isEmpty()
          || !new SelfCheck(options.url(), key.map(ServerKey::certificate)).isAnswered()) {
        exit(1, "Cannot start: the application does not answer, for the reason that is logged");
      }
    } catch (Exception | LinkageError failed) {
      exit(1, "Cannot start: " + (failed.getCause() == null ? failed : failed.getCause()));
    }
    key.ifPresent(ServerKey::watch);
    System.out.printf(
        // A shell would take the brackets of an IPv6 address for a pattern.
        "Runmetrics is at %1$s (Ctrl-C stops it). For scripts:%n  curl %2$s\"%1$s/api/runs\"%n",
        options.url(), asksForTokens ? "-H \"Authorization: Bearer $TOKEN\" " : "");
  }

  private static void exit(int status, String message) {
    System.err.println(message);
    System.exit(status);
  }
}
