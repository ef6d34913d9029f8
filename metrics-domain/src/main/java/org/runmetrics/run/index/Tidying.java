package org.runmetrics.run.index;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread of an index, from its start until {@link #close()}. */
final class Tidying implements AutoCloseable {
  static final String NAME = "run-index";

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Tidying::newThread);

  /**
   * Runs a task again and again.
   *
   * @param most the longest time between two runs
   */
  Tidying(Runnable task, Duration most) {
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    long interval = Math.min(INTERVAL.toNanos(), most.toNanos());
    var unused = executor.scheduleWithFixedDelay(task, interval, interval, TimeUnit.NANOSECONDS);
  }

  /** Lets the thread end after what it is doing. */
  @Override
  public void close() {
    executor.shutdown();
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, NAME);
    thread.setDaemon(true);
    return thread;
  }
}
