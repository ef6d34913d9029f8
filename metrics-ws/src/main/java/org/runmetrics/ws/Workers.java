package org.runmetrics.ws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read history and send for all sessions.
 *
 * <p>They serve as long as there are sessions. What comes after {@link #close()} is not run.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(Workers.class.getName());

  static final String NAME = "log-session-";

  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final AtomicInteger names = new AtomicInteger();
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          THREADS, this::newThread, new ThreadPoolExecutor.DiscardPolicy());

  Workers() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void run(Runnable task) {
    executor.execute(task);
  }

  void runAfter(Duration delay, Runnable task) {
    var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs a task again and again, also after it failed. */
  void runEvery(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    Runnable always =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error failure) {
            LOGGER.log(Level.WARNING, "A look at the log sockets failed", failure);
          }
        };
    var unused = executor.scheduleWithFixedDelay(always, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Lets the threads end after what they are doing. */
  @Override
  public void close() {
    executor.shutdown();
  }

  /** Ends the threads, whatever they are doing. */
  void stop() {
    var unused = executor.shutdownNow();
  }

  private Thread newThread(Runnable task) {
    Thread thread = new Thread(task, NAME + names.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
