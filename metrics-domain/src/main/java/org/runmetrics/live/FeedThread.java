package org.runmetrics.live;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The thread that looks for what is new, from its start until {@link #close()}.
 *
 * <p>It looks when it is signalled and at a slow, steady pace besides. Signals that come while it
 * looks or rests are one.
 */
final class FeedThread implements AutoCloseable {
  static final String NAME = "live-feed";

  private static final Logger LOG = System.getLogger(FeedThread.class.getName());

  /** Between two looks that find nothing, so that a file written byte by byte costs little. */
  private static final Duration BREATH = Duration.ofMillis(2);

  private final Duration poll;
  private final BooleanSupplier look;
  private final Rhythm rhythm;
  private final Semaphore signals = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Starts to look.
   *
   * @param interval between two looks that find something, on average
   * @param poll between two looks without a signal
   * @param look tells whether it found something
   */
  FeedThread(Duration interval, Duration poll, BooleanSupplier look) {
    this.poll = poll;
    this.look = look;
    this.rhythm = new Rhythm(interval, System.nanoTime());
    Thread thread = new Thread(this::run, NAME);
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks for a look, without waiting for it. */
  void signal() {
    signals.release();
  }

  /** Ends the thread after what it is doing. */
  @Override
  public void close() {
    closed.countDown();
    signals.release();
  }

  private void run() {
    try {
      long breath = System.nanoTime();
      while (closed.getCount() > 0) {
        boolean unusedSignalled = signals.tryAcquire(poll.toNanos(), TimeUnit.NANOSECONDS);
        long now = System.nanoTime();
        if (rest(Math.max(breath - now, rhythm.waitFrom(now)))) {
          return;
        }
        signals.drainPermits();
        long started = System.nanoTime();
        if (look()) {
          rhythm.beat(started);
        }
        long ended = System.nanoTime();
        // Looks that take long, as where rows are merged anew, leave half of the time to others.
        breath = ended + Math.max(BREATH.toNanos(), ended - started);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean rest(long nanos) throws InterruptedException {
    return closed.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** A look that fails, for want of memory even, must not end all later ones. */
  private boolean look() {
    try {
      return look.getAsBoolean();
    } catch (RuntimeException | Error failure) {
      LOG.log(Level.WARNING, "A look for what is new failed and is tried again", failure);
      return false;
    }
  }
}
