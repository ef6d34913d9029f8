package org.runmetrics.ws;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.runmetrics.access.ReadAccess;
import org.runmetrics.frame.Goodbye;
import org.runmetrics.log.LogTails;
import org.runmetrics.run.index.RunCatalog;
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
  /** How long clients may take to agree to the end. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Reception reception;
  private final Settings settings;
  private final SessionLimits limits;
  private final ClientLimit limit;

  /** Guarded by this, like all below. */
  private final Set<LogSession> open = new HashSet<>();

  /** Present while there are sessions. */
  private Optional<Workers> workers = Optional.empty();

  private boolean closed;

  /** Serves logs of the runs in a catalog. */
  @Inject
  public LogSessions(RunCatalog runs, LogTails tails, Settings settings) {
    this(runs, tails, settings, SessionLimits.DEFAULT);
  }

  LogSessions(RunCatalog runs, LogTails tails, Settings settings, SessionLimits limits) {
    this.reception = new Reception(runs, tails, limits.queue());
    this.settings = settings;
    this.limits = limits;
    this.limit = new ClientLimit(settings.socketsPerClient());
  }

  /** Returns who may open a socket. */
  ReadAccess access() {
    return settings.access();
  }

  /** Starts to send a log, or to say why there is none. */
  LogSession open(WebConnection connection, Handshake handshake) throws IOException {
    String client = handshake.client(settings.proxies());
    if (!limit.enter(client)) {
      String reason = "At most " + limit.perClient() + " log sockets for each client";
      Messages messages = reception.turnAway(Goodbye.later(reason));
      return start(connection, handshake, messages, Optional.empty());
    }
    Optional<String> counted = Optional.of(client);
    boolean started = false;
    try {
      Messages messages = reception.answer(handshake);
      if (messages.end().isPresent()) {
        // Refused; need not wait for the socket's end before it asks for something else.
        limit.leave(client);
        counted = Optional.empty();
      }
      LogSession session = start(connection, handshake, messages, counted);
      started = true;
      return session;
    } finally {
      if (!started) {
        counted.ifPresent(limit::leave);
      }
    }
  }

  private synchronized LogSession start(
      WebConnection connection, Handshake handshake, Messages messages, Optional<String> client)
      throws IOException {
    if (closed) {
      throw new IOException("The server is shutting down");
    }
    Workers shared = workers.orElseGet(this::newWorkers);
    workers = Optional.of(shared);
    LogSession started =
        new LogSession(
            connection,
            messages,
            handshake.json(),
            limits,
            shared,
            ended -> {
              client.ifPresent(limit::leave);
              remove(ended);
            });
    open.add(started);
    return started;
  }

  /** Returns how many sessions there are. */
  synchronized int size() {
    return open.size();
  }

  /** Returns how many of them have been told to go. */
  int leaving() {
    return (int) snapshot().stream().filter(LogSession::isLeaving).count();
  }

  /** Closes all sockets, as the server goes away, and gives clients a moment to agree. */
  @PreDestroy
  void close() {
    synchronized (this) {
      closed = true;
    }
    snapshot().forEach(session -> session.close(Goodbye.leaving("The server is shutting down")));
    awaitNone(System.nanoTime() + FAREWELL.toNanos());
    snapshot().forEach(LogSession::end);
    awaitNone(System.nanoTime() + FAREWELL.toNanos());
    synchronized (this) {
      workers.ifPresent(Workers::stop);
      workers = Optional.empty();
    }
  }

  private synchronized void awaitNone(long deadline) {
    try {
      long left = deadline - System.nanoTime();
      while (!open.isEmpty() && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
      notifyAll();
    }
  }
}
