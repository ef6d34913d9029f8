package org.runmetrics.ws;

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

  /** Runs a task again and again; it must not fail. */
  void runEvery(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    var unused = executor.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Lets the threads end after what they are doing. */
  @Override
  public void close() {
    executor.shutdown();
  }

  private Thread newThread(Runnable task) {
    Thread thread = new Thread(task, NAME + names.incrementAndGet());
    thread.setDaemon(true);
    // Payara renews a session's idle timeout with each message, and for that searches the class
    // path of the thread for extensions, which takes ten times as long as sending. This one has
    // none; nothing that runs here looks for classes.
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    return thread;
  }
}
