package org.runmetrics.scan;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * How many cores all scans together may take.
 *
 * <p>A scan takes a turn for each block, in the order of asking: however many long files are read
 * at once, each goes on, a short one is through after a few blocks of the others, and what is not
 * scanning finds a core that is free.
 */
public final class ScanThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final int count;
  private final Semaphore turns;
  private final ExecutorService helpers;

  /**
   * Allows some threads to scan at a time.
   *
   * @param count at least 1; one of them is the thread that asked
   */
  public ScanThreads(int count) {
    this.count = count;
    this.turns = new Semaphore(count, true);
    // A helper that finds no thread is not needed: the thread that asked does all that is left.
    this.helpers =
        new ThreadPoolExecutor(
            0,
            Math.max(1, count - 1),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            ScanThreads::thread,
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Work that reads files. */
  public interface Work<T> {
    /**
     * Works.
     *
     * @param pause lets others have their turn, if the work may take long
     */
    T run(Runnable pause) throws IOException;
  }

  /** Returns how many threads may help the one that asks. */
  int helpers() {
    return count - 1;
  }

  /** Starts a helper, if a thread is free. */
  void help(Runnable work) {
    helpers.execute(work);
  }

  /** Waits for a turn and works. */
  public <T> T turn(Work<T> work) throws IOException {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while other runs were read", e);
    }
    try {
      return work.run(this::pause);
    } finally {
      turns.release();
    }
  }

  private void pause() {
    turns.release();
    turns.acquireUninterruptibly();
  }

  @Override
  public void close() {
    helpers.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "runmetrics-scan");
    thread.setDaemon(true);
    return thread;
  }
}
