package org.runmetrics.curve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that draw ahead of the one that writes.
 *
 * <p>Whoever wants a drawing that no thread has begun draws it itself, so that busy threads delay
 * nobody. Safe for use by several threads.
 */
public final class DrawThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final int count;
  private final ThreadPoolExecutor threads;

  /**
   * Lets some threads draw besides those that ask.
   *
   * @param count at least 1; without work there are none
   */
  public DrawThreads(int count) {
    this.count = count;
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DrawThreads::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Takes a drawing. */
  @FunctionalInterface
  interface Taker<T, E extends Exception> {
    void take(T drawing) throws E;
  }

  /** Makes drawings, of which two wait for each thread at most, and hands them over in order. */
  <T, E extends Exception> void inOrder(List<Callable<T>> drawings, Taker<T, E> taker) throws E {
    Iterator<Callable<T>> next = drawings.iterator();
    Deque<FutureTask<T>> begun = new ArrayDeque<>();
    try {
      while (next.hasNext() || !begun.isEmpty()) {
        while (next.hasNext() && begun.size() <= 2 * count) {
          FutureTask<T> drawing = new FutureTask<>(next.next());
          // The first one is wanted at once.
          if (!begun.isEmpty()) {
            threads.execute(drawing);
          }
          begun.add(drawing);
        }
        help(begun);
        taker.take(drawn(begun.remove()));
      }
    } finally {
      begun.forEach(drawing -> drawing.cancel(false));
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  /** Draws the first one, and while another thread does, those after it. */
  private static <T> void help(Deque<FutureTask<T>> begun) {
    for (FutureTask<T> drawing : begun) {
      if (begun.element().isDone()) {
        return;
      }
      // Does nothing if another thread has begun.
      drawing.run();
    }
  }

  private static <T> T drawn(FutureTask<T> drawing) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return drawing.get();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (failed.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(failed.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "runmetrics-draw");
    thread.setDaemon(true);
    return thread;
  }
}
