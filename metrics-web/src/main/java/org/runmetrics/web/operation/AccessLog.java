package org.runmetrics.web.operation;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.runmetrics.push.Turn;
import org.runmetrics.push.Workers;
import org.runmetrics.settings.Settings;

/**
 * A line for each request, written by a worker: what answers waits for no disk and no console.
 *
 * <p>Where lines come faster than the log takes them they are left out, and how many is said.
 */
@Singleton
public class AccessLog {
  private static final Logger LOG = System.getLogger("org.runmetrics.access");
  private static final int MOST_WAITING = 10_000;

  /** So many lines are written at a time; then it is the turn of others. */
  private static final int A_TURN = 200;

  private final BlockingQueue<AnsweredRequest> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final boolean enabled;
  private final Consumer<String> sink;
  private final Turn turn;

  /** Writes to the server's log if the settings say so. */
  @Inject
  public AccessLog(Settings settings, Workers workers) {
    this(settings.accessLog(), workers, line -> LOG.log(Level.INFO, line));
  }

  AccessLog(boolean enabled, Workers workers, Consumer<String> sink) {
    this.enabled = enabled;
    this.sink = sink;
    this.turn = new Turn(workers, this::write);
  }

  void add(AnsweredRequest request) {
    if (enabled) {
      if (!waiting.offer(request)) {
        leftOut.incrementAndGet();
      }
      turn.signal();
    }
  }

  /** Writes what is left. */
  @PreDestroy
  public void close() {
    while (write()) {
      // There is more.
    }
  }

  /** Returns whether there is more to write. */
  private boolean write() {
    for (int i = 0; i < A_TURN; i++) {
      AnsweredRequest next = waiting.poll();
      if (next == null) {
        break;
      }
      sink.accept(next.line());
    }
    long lost = leftOut.getAndSet(0);
    if (lost > 0) {
      sink.accept("%d requests are not in this log, which is too slow for them".formatted(lost));
    }
    return !waiting.isEmpty();
  }
}
