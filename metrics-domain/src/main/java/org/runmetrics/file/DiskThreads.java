package org.runmetrics.file;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Threads that ask disks, so that those who want an answer need not wait for ever.
 *
 * <p>No call of the operating system that opens a file can be given up: on a network file system
 * whose server is gone it takes until that is back, and a pipe that took a file's name in the very
 * moment in between waits for a writer. A thread here waits on; who asked gets an error. There are
 * threads only while there is work, and a few seconds longer.
 */
public final class DiskThreads {
  /** Longer than a disk takes that has to start turning. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int MOST = 64;
  private static final long IDLE_SECONDS = 10;

  private static final Semaphore FREE = new Semaphore(MOST, true);

  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE, // The permits are fewer.
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          DiskThread::new);

  private DiskThreads() {}

  /** Work that asks a disk for something. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Asks a disk.
   *
   * @param late takes what comes when nobody waits for it any more
   * @throws SilentDiskException if it does not answer in time
   */
  public static <T> T ask(Work<T> work, Consumer<T> late) throws IOException {
    return ask(work, late, () -> 0, PATIENCE);
  }

  /**
   * Asks a disk for much.
   *
   * @param progress changes while the disk answers
   * @param patience without any progress
   */
  public static <T> T ask(Work<T> work, Consumer<T> late, LongSupplier progress, Duration patience)
      throws IOException {
    if (Thread.currentThread() instanceof DiskThread) {
      return work.run(); // It waits for nobody else.
    }
    try {
      if (!FREE.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SilentDiskException();
      }
      return await(begin(work, late), late, progress, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a disk was asked", e);
    }
  }

  /** Asks a disk without waiting for its answer. */
  public static <T> CompletableFuture<T> start(Work<T> work) {
    return FREE.tryAcquire()
        ? begin(work, late -> {})
        : CompletableFuture.failedFuture(new SilentDiskException());
  }

  private static <T> CompletableFuture<T> begin(Work<T> work, Consumer<T> late) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      THREADS.execute(() -> answer(work, answer, late));
    } catch (RuntimeException | Error noThread) {
      FREE.release();
      throw noThread;
    }
    return answer;
  }

  private static <T> void answer(Work<T> work, CompletableFuture<T> answer, Consumer<T> late) {
    try {
      T done = work.run();
      if (!answer.complete(done)) {
        late.accept(done);
      }
    } catch (Throwable failure) {
      boolean unusedAwaited = answer.completeExceptionally(failure);
    } finally {
      FREE.release();
    }
  }

  private static <T> T await(
      CompletableFuture<T> answer, Consumer<T> late, LongSupplier progress, Duration patience)
      throws IOException, InterruptedException {
    long reached = progress.getAsLong();
    while (true) {
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException silence) {
        long now = progress.getAsLong();
        if (now == reached && answer.completeExceptionally(silence)) {
          throw new SilentDiskException();
        }
        reached = now;
      } catch (InterruptedException stopped) {
        if (!answer.completeExceptionally(stopped)) {
          var unusedHanded = answer.thenAccept(late); // It came in this moment.
        }
        throw stopped;
      } catch (ExecutionException failed) {
        throw failure(Objects.requireNonNull(failed.getCause()));
      }
    }
  }

  /** Returns what went wrong if that can be told by who asked, or else throws it. */
  private static IOException failure(Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return cause instanceof IOException failure ? failure : new IOException(cause);
  }

  private static final class DiskThread extends Thread {
    DiskThread(Runnable work) {
      super(work, "runmetrics-disk");
      setDaemon(true);
    }
  }
}
