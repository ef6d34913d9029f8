package org.runmetrics.push;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that do everything that is pushed, in the order of asking.
 *
 * <p>A {@link Turn} waits in the queue once at most, so the queue is as long as there are turns.
 * Where all threads are busy, work waits; it is never refused. Idle threads end. Safe for use by
 * several threads.
 */
public final class Workers implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(Workers.class.getName());
  private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor executor;

  /** Has one thread, which only puts work into the queue. */
  private final ScheduledThreadPoolExecutor timer;

  /** Starts threads when there is work for them. */
  public Workers(ThreadFactory threads) {
    this(threads, IDLE);
  }

  /** Ends threads that were idle for some time. */
  Workers(ThreadFactory threads, Duration idle) {
    this.executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            idle.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            threads,
            new ThreadPoolExecutor.DiscardPolicy());
    this.timer =
        new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
    executor.allowCoreThreadTimeOut(true);
    timer.setKeepAliveTime(idle.toMillis(), TimeUnit.MILLISECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Does some work as soon as a thread is free; none of it after {@link #close()}. */
  void run(Runnable work) {
    try {
      executor.execute(work);
    } catch (OutOfMemoryError noThread) {
      // The threads that there are do it, or the one that the next work starts.
      boolean unusedAlways = executor.getQueue().offer(work);
      LOGGER.log(Level.WARNING, "No thread can be started: what is pushed waits", noThread);
    }
  }

  /**
   * Calls a signal later.
   *
   * @param signal must not block
   */
  public void after(Duration delay, Runnable signal) {
    var unused = timer.schedule(signal, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Does some work again and again, also after it failed, until the answer is cancelled.
   *
   * @param interval between the end of one time and the start of the next
   * @param work must not block
   */
  public Future<?> every(Duration interval, Runnable work) {
    long nanos = interval.toNanos();
    return timer.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error failure) {
            LOGGER.log(Level.WARNING, "What is done now and then failed", failure);
          }
        },
        nanos,
        nanos,
        TimeUnit.NANOSECONDS);
  }

  /** Ends the threads after what they are doing. */
  @Override
  public void close() {
    var unusedDelayed = timer.shutdownNow();
    executor.shutdown();
    executor.getQueue().clear();
  }
}
