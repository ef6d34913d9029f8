package org.runmetrics.ws;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.runmetrics.log.LogTails;
import org.runmetrics.run.RunCatalog;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.settings.AllowedOrigins;
import org.runmetrics.settings.ClientLimit;
import org.runmetrics.settings.Settings;

/**
 * All sessions of the log socket, and what they share.
 *
 * <p>Worker threads and pings exist only while there are sessions. A pseudo-scope without a proxy,
 * so that its fields can be final. Safe for use by several threads.
 */
@Singleton
public class LogSessions {
  private final RunCatalog runs;
  private final LogTails tails;
  private final Settings settings;
  private final SessionLimits limits;
  private final ClientLimit limit;

  /** Guarded by this, like all below. */
  private final Set<LogSession> open = new HashSet<>();

  /** Present while there are sessions. */
  private Optional<Workers> workers = Optional.empty();

  /** Serves logs of the runs in a catalog. */
  @Inject
  public LogSessions(RunCatalog runs, LogTails tails, Settings settings) {
    this(runs, tails, settings, SessionLimits.DEFAULT);
  }

  LogSessions(RunCatalog runs, LogTails tails, Settings settings, SessionLimits limits) {
    this.runs = runs;
    this.tails = tails;
    this.settings = settings;
    this.limits = limits;
    this.limit = new ClientLimit(settings.socketsPerClient());
  }

  /** Returns the address that a socket counts for. */
  String client(Handshake handshake) {
    return handshake.client(settings.proxies());
  }

  /** Returns the pages that may open a socket. */
  AllowedOrigins origins() {
    return settings.origins();
  }

  ClientLimit limit() {
    return limit;
  }

  Optional<RunDirectory> find(String id) {
    return runs.find(id);
  }

  /**
   * Starts to send a log.
   *
   * @param onRelease called once when the session has ended, whoever ended it
   */
  synchronized LogSession start(
      Session session, RunDirectory run, LogQuery query, Consumer<LogSession> onRelease) {
    Workers shared = workers.orElseGet(this::newWorkers);
    workers = Optional.of(shared);
    Consumer<LogSession> release = ended -> remove(ended);
    LogSession started =
        new LogSession(session, run, query, tails, limits, shared, release.andThen(onRelease));
    open.add(started);
    started.signal();
    return started;
  }

  /** Returns how many sessions there are. */
  synchronized int size() {
    return open.size();
  }

  /** Closes all sockets, as the server goes away. */
  @PreDestroy
  void close() {
    for (LogSession session : snapshot()) {
      session.close(CloseCodes.GOING_AWAY, "The server is shutting down");
    }
  }

  private Workers newWorkers() {
    Workers started = new Workers();
    started.runEvery(limits.ping(), () -> snapshot().forEach(LogSession::look));
    return started;
  }

  private synchronized List<LogSession> snapshot() {
    return List.copyOf(open);
  }

  private synchronized void remove(LogSession session) {
    open.remove(session);
    if (open.isEmpty()) {
      workers.ifPresent(Workers::close);
      workers = Optional.empty();
    }
  }
}
