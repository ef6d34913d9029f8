package org.runmetrics.live;

import java.time.Duration;

/**
 * How often something may happen: on average once in an interval.
 *
 * <p>What comes a little early is let through, or else one that was late would make all that follow
 * an even beat late as well (the generic cell rate algorithm of ATM). Times are those of {@link
 * System#nanoTime}. Not thread-safe.
 */
final class Rhythm {
  private final long interval;

  /** The moment from which on the next one is not early. */
  private long due;

  /**
   * Lets the first one happen at once.
   *
   * @param now the present moment
   */
  Rhythm(Duration interval, long now) {
    this.interval = interval.toNanos();
    this.due = now;
  }

  /** Returns how long the next one has to wait, in nanoseconds; at most 0 if it need not. */
  long waitFrom(long now) {
    return due - interval / 2 - now;
  }

  /** Takes note that one happened. */
  void beat(long now) {
    due = (due - now > 0 ? due : now) + interval;
  }
}
