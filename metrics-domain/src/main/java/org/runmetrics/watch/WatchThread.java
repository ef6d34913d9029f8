package org.runmetrics.watch;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The thread that waits for the operating system's file events, from its start until {@link
 * #close()}.
 *
 * <p>A directory that cannot be watched, because it is missing, of another file system or over the
 * system's limit of watches, is left to the poll, which also tries to watch it again.
 */
final class WatchThread implements AutoCloseable {
  private final FileEvents events;
  private final long pollNanos;

  /** Nothing where the operating system offers no events. */
  private final Optional<DirectoryWatch> watch = DirectoryWatch.open(FileSystems.getDefault());

  private final CountDownLatch closed = new CountDownLatch(1);

  /** Directories to watch; guarded by itself. */
  private final Set<Path> directories = new HashSet<>();

  WatchThread(FileEvents events, Duration poll, ThreadFactory threads) {
    this.events = events;
    this.pollNanos = poll.toNanos();
    threads.newThread(this::run).start();
  }

  void add(Path directory) {
    synchronized (directories) {
      directories.add(directory);
      watch.ifPresent(running -> running.add(directory));
    }
  }

  void remove(Path directory) {
    synchronized (directories) {
      directories.remove(directory);
      watch.ifPresent(running -> running.remove(directory));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    watch.ifPresent(DirectoryWatch::close);
  }

  private void run() {
    try {
      long nextPoll = System.nanoTime() + pollNanos;
      while (closed.getCount() > 0) {
        await(nextPoll - System.nanoTime()).forEach(this::wake);
        if (System.nanoTime() - nextPoll >= 0) {
          watchAgain();
          events.wake(file -> true);
          nextPoll = System.nanoTime() + pollNanos;
        }
      }
    } catch (ClosedWatchServiceException ended) {
      // The usual end: close() was called while this thread waited.
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private List<DirectoryChanges> await(long nanos) throws InterruptedException {
    if (watch.isEmpty()) {
      boolean unusedEnded = closed.await(nanos, TimeUnit.NANOSECONDS);
      return List.of();
    }
    return watch.get().next(nanos);
  }

  private void wake(DirectoryChanges changes) {
    Path directory = changes.directory();
    if (changes.incomplete()) {
      events.wake(file -> directory.equals(file.getParent()));
    } else {
      events.wake(directory, changes.names());
    }
  }

  private void watchAgain() {
    synchronized (directories) {
      for (Path directory : directories) {
        watch.filter(running -> !running.watches(directory)).ifPresent(w -> w.add(directory));
      }
    }
  }
}
