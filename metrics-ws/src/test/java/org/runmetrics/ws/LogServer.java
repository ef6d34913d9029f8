package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.runmetrics.log.LogTails;
import org.runmetrics.push.Pace;
import org.runmetrics.push.Workers;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;
import org.runmetrics.settings.Settings;
import org.runmetrics.watch.FileEvents;

/** The log socket on an embedded server, with a storage of its own. */
final class LogServer implements AutoCloseable {
  static final String RUN = "20260101_000000_aaaaaa";

  private final Path root;
  private final FileEvents events = new FileEvents(Duration.ofHours(1));
  private final Workers workers = new Workers(work -> new Thread(work, "log-worker"));
  private final LogTails tails = new LogTails(events, workers);
  private final RunCatalog catalog;
  private final LogClients clients;
  private final WeldContainer container;
  private final EmbeddedServer.Running server;

  /** Starts with the limits of production. */
  LogServer(EmbeddedServer embedded, Path root) throws Exception {
    this(embedded, root, Map.of(), LogLimits.DEFAULT);
  }

  LogServer(EmbeddedServer embedded, Path root, Map<String, String> settings, LogLimits limits)
      throws Exception {
    this.root = root;
    addRun(RUN);
    this.catalog = new RunCatalog(new StorageRoot(root));
    this.clients =
        new LogClients(
            catalog,
            tails,
            Settings.from(name -> Optional.ofNullable(settings.get(name))),
            workers,
            limits);
    this.container =
        new Weld().disableDiscovery().addExtension(new ClientsExtension(clients)).initialize();
    this.server = embedded.start();
  }

  /** Starts with queues that a client which does not read fills soon. */
  static LogServer ofShortQueues(EmbeddedServer embedded, Path root, Pace pace, Duration idle)
      throws Exception {
    LogLimits limits = new LogLimits(new QueueBounds(50, 8 << 20), pace, idle);
    return new LogServer(embedded, root, Map.of(), limits);
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

  LogClients clients() {
    return clients;
  }

  /** Waits until so many clients are connected. */
  void awaitClients(int count) {
    await(() -> clients.size() == count);
  }

  /** Waits until no client is left, and nothing that was there for one. */
  void awaitNothingLeft() {
    awaitClients(0);
    await(() -> tails.size() == 0);
    assertThat(events.directories()).isZero();
    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("file-events")));
  }

  /** Waits for what no message tells. */
  void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).as(LogServer::threads).isTrue();
  }

  /** Tells what all threads do, for whoever looks why something did not happen. */
  private static String threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .map(thread -> thread.getKey() + " " + Arrays.toString(thread.getValue()))
        .collect(Collectors.joining("\n"));
  }

  int port() {
    return server.port();
  }

  /** Ends the application while its clients are connected. */
  void shutDownApplication() {
    clients.close();
  }

  @Override
  public void close() {
    clients.close();
    server.stop().run();
    container.close();
    tails.close();
    workers.close();
    catalog.close();
  }
}
