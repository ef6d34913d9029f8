package org.runmetrics.ws;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.log.LogTails;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;
import org.runmetrics.settings.Settings;
import org.runmetrics.watch.FileEvents;

/** The log socket on an embedded server, with a storage of its own. */
final class LogServer implements AutoCloseable {
  static final String RUN = "20260101_000000_aaaaaa";

  private final Path root;
  private final FileEvents events = new FileEvents(Duration.ofHours(1));
  private final LogTails tails = new LogTails(events);
  private final RunCatalog catalog;
  private final LogSessions sessions;
  private final Undertow server;

  /** Starts with the limits of production. */
  LogServer(Path root) throws IOException, ServletException {
    this(root, Map.of(), SessionLimits.DEFAULT);
  }

  LogServer(Path root, Map<String, String> settings, SessionLimits limits)
      throws IOException, ServletException {
    this.root = root;
    addRun(RUN);
    this.catalog = new RunCatalog(new StorageRoot(root));
    this.sessions =
        new LogSessions(
            catalog, tails, Settings.from(name -> Optional.ofNullable(settings.get(name))), limits);
    this.server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(application()).build();
    server.start();
  }

  private HttpHandler application() throws ServletException {
    LogUpgrade upgrade = new LogUpgrade(sessions);
    DeploymentInfo info =
        Servlets.deployment()
            .setClassLoader(LogServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("logs")
            .addFilter(
                Servlets.filter("logs", LogUpgrade.class, new ImmediateInstanceFactory<>(upgrade))
                    .setAsyncSupported(true))
            .addFilterUrlMapping("logs", "/api/runs/*", DispatcherType.REQUEST);
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(info);
    manager.deploy();
    return manager.start();
  }

  Path addRun(String id) throws IOException {
    Path directory = Files.createDirectories(root.resolve("runs/group").resolve(id));
    Files.writeString(directory.resolve("status.json"), "{\"status\": \"running\"}");
    return directory.resolve("logs.txt");
  }

  Path log() {
    return root.resolve("runs/group").resolve(RUN).resolve("logs.txt");
  }

  void append(String text) throws IOException {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  void append(byte[] bytes) throws IOException {
    Files.write(log(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Returns the address of the run's log with a query such as {@code ?tail=5}. */
  URI address(String query) {
    return addressOf(RUN, query);
  }

  /** Returns the address of the log of a run whose id is encoded already. */
  URI addressOf(String rawId, String query) {
    return URI.create("ws://127.0.0.1:" + port() + "/api/runs/" + rawId + "/logs/ws" + query);
  }

  LogClient connect(String query, String... subprotocols) {
    return LogClient.connect(address(query), List.of(subprotocols));
  }

  LogTails tails() {
    return tails;
  }

  FileEvents events() {
    return events;
  }

  LogSessions sessions() {
    return sessions;
  }

  private int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Ends the application while its clients are connected. */
  void shutDownApplication() {
    sessions.close();
  }

  @Override
  public void close() {
    sessions.close();
    server.stop();
    tails.close();
    catalog.close();
  }
}
