package org.runmetrics.live;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.runmetrics.push.Turn;
import org.runmetrics.push.Workers;

/**
 * Looks for what is new, from its start until {@link #close()}.
 *
 * <p>It looks when it is signalled and at a slow, steady pace besides. Signals that come while it
 * looks or rests are one.
 */
final class FeedTurn implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FeedTurn.class.getName());

  /** Between two looks that find nothing, so that a file written byte by byte costs little. */
  private static final Duration BREATH = Duration.ofMillis(2);

  private final Workers workers;
  private final BooleanSupplier look;
  private final Rhythm rhythm;
  private final Turn turn;
  private final Future<?> poll;
  private volatile boolean closed;

  /** Used by the turn alone, like what is below. */
  private long breath = System.nanoTime();

  private boolean rests;

  /**
   * Starts to look.
   *
   * @param interval between two looks that find something, on average
   * @param poll between two looks without a signal
   * @param look tells whether it found something
   */
  FeedTurn(Workers workers, Duration interval, Duration poll, BooleanSupplier look) {
    this.workers = workers;
    this.look = look;
    this.rhythm = new Rhythm(interval, System.nanoTime());
    this.turn = new Turn(workers, this::step);
    this.poll = workers.every(poll, turn::signal);
  }

  /** Asks for a look, without waiting for it. */
  void signal() {
    turn.signal();
  }

  /** Begins no further look. */
  @Override
  public void close() {
    closed = true;
    poll.cancel(false);
  }

  private boolean step() {
    if (closed) {
      return false;
    }
    long now = System.nanoTime();
    long rest = Math.max(breath - now, rhythm.waitFrom(now));
    if (rest <= 0) {
      rests = false;
      look(now);
    } else if (!rests) {
      rests = true;
      workers.after(Duration.ofNanos(rest), turn::signal);
    }
    return false;
  }

  /** A look that fails, for want of memory even, must not end all later ones. */
  private void look(long started) {
    try {
      if (look.getAsBoolean()) {
        rhythm.beat(started);
      }
    } catch (RuntimeException | Error failure) {
      LOG.log(Level.WARNING, "A look for what is new failed and is tried again", failure);
    }
    long ended = System.nanoTime();
    // Looks that take long, as where rows are merged anew, leave half of the time to others.
    breath = ended + Math.max(BREATH.toNanos(), ended - started);
  }
}
