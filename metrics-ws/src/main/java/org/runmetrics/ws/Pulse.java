package org.runmetrics.ws;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signs of life of one client.
 *
 * <p>Safe for use by several threads, one of which looks at them now and then.
 */
final class Pulse {
  /** Control frames of a client between two looks; who sends more wants to keep the server busy. */
  private static final int MAX_CONTROLS = 1000;

  /** What a look finds. */
  enum Finding {
    WELL,
    /** The connection has taken nothing for long, and perhaps nothing was heard. */
    STUCK,
    /** Nothing was heard since the look before the last, though it was pinged. */
    SILENT
  }

  /** Longest time in which the connection takes nothing. */
  private final Duration patience;

  private volatile boolean alive = true;
  private volatile OptionalLong fullSince = OptionalLong.empty();
  private final AtomicInteger controls = new AtomicInteger();

  /** Whether nothing was heard between the last two looks. */
  private boolean doubted;

  /** Whether the connection took nothing at the last look. */
  private boolean full;

  Pulse(Duration patience) {
    this.patience = patience;
  }

  /** Takes note of a control frame, and returns false if there were too many. */
  boolean hear() {
    alive = true;
    return controls.incrementAndGet() <= MAX_CONTROLS;
  }

  /** Takes note that the connection took something that it had not before. */
  void taken() {
    alive = true;
  }

  /** Takes note of whether the connection takes something. */
  void ready(boolean ready) {
    if (ready) {
      fullSince = OptionalLong.empty();
    } else if (fullSince.isEmpty()) {
      fullSince = OptionalLong.of(System.nanoTime());
    }
  }

  Finding look() {
    boolean silent = !alive;
    boolean before = doubted;
    alive = false;
    doubted = silent;
    controls.set(0);
    OptionalLong since = fullSince;
    boolean stillFull = full && since.isPresent();
    full = since.isPresent();
    if (since.isPresent() && System.nanoTime() - since.getAsLong() > patience.toNanos()) {
      return Finding.STUCK;
    }
    if (silent && before) {
      // Who took nothing has not got the pings either, and may come back.
      return stillFull ? Finding.STUCK : Finding.SILENT;
    }
    return Finding.WELL;
  }
}
