package org.runmetrics.run.index;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.runmetrics.file.DiskThreads;

/** Whether a storage root can be read, looked at by one thread at a time that may wait. */
final class ReadableProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final StorageRoot root;

  /** Guarded by this. */
  private long begun = System.nanoTime();

  private CompletableFuture<Boolean> look = CompletableFuture.completedFuture(false);

  ReadableProbe(StorageRoot root) {
    this.root = root;
  }

  /** Looks now, and returns no if that takes longer than anyone should wait. */
  boolean isReadable() {
    try {
      return look().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException silent) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns whether a look is under way that takes longer than anyone should wait. */
  synchronized boolean isLate() {
    return !look.isDone() && System.nanoTime() - begun >= PATIENCE.toNanos();
  }

  /** Whoever comes while a look is under way waits for that one. */
  private synchronized CompletableFuture<Boolean> look() {
    if (look.isDone()) {
      begun = System.nanoTime();
      look = DiskThreads.start(root::isReadable);
    }
    return look;
  }
}
