package org.runmetrics.log;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The thread that waits for the operating system's file events, from its start until {@link
 * #close()}.
 *
 * <p>A directory that cannot be watched, because it is missing, of another file system or over the
 * system's limit of watches, is left to the poll, which also tries to watch it again.
 */
final class WatchThread implements AutoCloseable {
  static final String NAME = "log-events";

  private static final Logger LOGGER = System.getLogger(WatchThread.class.getName());

  private final FileEvents events;
  private final long pollNanos;

  /** Nothing where the operating system offers no events. */
  private final Optional<WatchService> service;

  private final CountDownLatch closed = new CountDownLatch(1);

  /** Directories to watch, and their keys while they are watched; guarded by itself. */
  private final Map<Path, Optional<WatchKey>> directories = new HashMap<>();

  WatchThread(FileEvents events, Duration poll) {
    this.events = events;
    this.pollNanos = poll.toNanos();
    this.service = newService();
    Thread thread = new Thread(this::run, NAME);
    thread.setDaemon(true);
    thread.start();
  }

  void add(Path directory) {
    synchronized (directories) {
      directories.put(directory, register(directory));
    }
  }

  void remove(Path directory) {
    synchronized (directories) {
      directories.getOrDefault(directory, Optional.empty()).ifPresent(WatchKey::cancel);
      directories.remove(directory);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (service.isPresent()) {
        service.get().close();
      }
    } catch (IOException alreadyBroken) {
      LOGGER.log(Level.DEBUG, "Cannot close the file events", alreadyBroken);
    }
  }

  private void run() {
    try {
      long nextPoll = System.nanoTime() + pollNanos;
      while (closed.getCount() > 0) {
        Optional<WatchKey> key = await(nextPoll - System.nanoTime());
        key.ifPresent(this::wake);
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

  private Optional<WatchKey> await(long nanos) throws InterruptedException {
    if (service.isEmpty()) {
      boolean unusedEnded = closed.await(nanos, TimeUnit.NANOSECONDS);
      return Optional.empty();
    }
    return Optional.ofNullable(service.get().poll(nanos, TimeUnit.NANOSECONDS));
  }

  private void wake(WatchKey key) {
    Set<Path> names = new HashSet<>();
    boolean overflow = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.context() instanceof Path name) {
        names.add(name);
      } else {
        overflow = true;
      }
    }
    // Before the files are read: a change during the reading must make the key ready again.
    if (!key.reset()) {
      forget(key);
    }
    Path directory = (Path) key.watchable();
    if (overflow) {
      events.wake(file -> directory.equals(file.getParent()));
    } else {
      events.wake(directory, names);
    }
  }

  private void forget(WatchKey key) {
    synchronized (directories) {
      directories.replaceAll((directory, known) -> known.filter(held -> !held.equals(key)));
    }
  }

  private void watchAgain() {
    synchronized (directories) {
      directories.replaceAll(
          (directory, known) -> known.filter(WatchKey::isValid).or(() -> register(directory)));
    }
  }

  private Optional<WatchKey> register(Path directory) {
    if (service.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          directory.register(
              service.get(),
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    } catch (IOException | RuntimeException unwatchable) {
      LOGGER.log(Level.DEBUG, "No file events, only the poll, for {0}", directory);
      return Optional.empty();
    }
  }

  private static Optional<WatchService> newService() {
    try {
      return Optional.of(FileSystems.getDefault().newWatchService());
    } catch (IOException | UnsupportedOperationException none) {
      LOGGER.log(Level.INFO, "No file events here: logs are polled ({0})", none.toString());
      return Optional.empty();
    }
  }
}
