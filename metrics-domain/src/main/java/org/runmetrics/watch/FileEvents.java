package org.runmetrics.watch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/**
 * Wakes whoever watches a file when the operating system reports that it changed.
 *
 * <p>One thread serves all files and lives only while any is watched; a directory is watched once,
 * however many of its files are. Because not every file system reports changes, all watchers are
 * also woken at a slow, steady pace. Safe for use by several threads.
 */
public final class FileEvents {
  /** Of the thread, unless a factory gives it another. */
  private static final String NAME = "file-events";

  private static final Logger LOGGER = System.getLogger(FileEvents.class.getName());
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Duration poll;
  private final ThreadFactory threads;

  /** Watches by directory; guarded by this, like all below. */
  private final Map<Path, List<Watch>> watches = new HashMap<>();

  private Optional<WatchThread> thread = Optional.empty();

  /** Wakes all watchers once a second, besides the events. */
  public FileEvents() {
    this(POLL);
  }

  /**
   * Wakes all watchers at an interval, besides the events.
   *
   * @param poll the interval, above zero
   */
  public FileEvents(Duration poll) {
    this(poll, FileEvents::thread);
  }

  /**
   * Wakes all watchers at an interval, besides the events.
   *
   * @param poll the interval, above zero
   * @param threads makes the one thread whenever it is needed
   */
  public FileEvents(Duration poll, ThreadFactory threads) {
    this.poll = poll;
    this.threads = threads;
  }

  /** One watched file. */
  public final class Watch {
    private final Path file;
    private final Runnable wake;

    private Watch(Path file, Runnable wake) {
      this.file = file;
      this.wake = wake;
    }

    /** Wakes the watcher, whose failure must not end the events of all others. */
    private void run() {
      try {
        wake.run();
      } catch (RuntimeException | Error failure) {
        // Of a watcher without memory, say; those of other files have the same thread.
        LOGGER.log(Level.WARNING, "A watcher of " + file + " failed", failure);
      }
    }

    /** Ends the watch; it may be woken once more by another thread. */
    public void close() {
      remove(this);
    }
  }

  /**
   * Starts to watch a file, which need not exist.
   *
   * @param wake called by the thread of all watches; must not block. Of several files that changed
   *     at once, those with the same object are one call
   */
  public synchronized Watch watch(Path file, Runnable wake) {
    WatchThread running =
        thread.orElseGet(
            () -> {
              WatchThread started = new WatchThread(this, poll, threads);
              thread = Optional.of(started);
              return started;
            });
    Watch watch = new Watch(file, wake);
    Path directory = directory(file);
    watches
        .computeIfAbsent(
            directory,
            added -> {
              running.add(added);
              return new ArrayList<>();
            })
        .add(watch);
    return watch;
  }

  /** Returns how many directories are watched. */
  public synchronized int directories() {
    return watches.size();
  }

  /** Wakes the watches of all files that a filter accepts, without holding the lock. */
  void wake(Predicate<Path> filter) {
    List<Watch> woken;
    synchronized (this) {
      woken =
          watches.values().stream()
              .flatMap(List::stream)
              .filter(watch -> filter.test(watch.file))
              .toList();
    }
    run(woken);
  }

  /** Wakes the watches of some files in a directory, without holding the lock. */
  void wake(Path directory, Set<Path> names) {
    List<Watch> woken;
    synchronized (this) {
      woken =
          watches.getOrDefault(directory, List.of()).stream()
              .filter(watch -> names.contains(watch.file.getFileName()))
              .toList();
    }
    run(woken);
  }

  /** Wakes each watcher once, however many of its files are among them. */
  private static void run(List<Watch> woken) {
    Map<Runnable, Watch> once = new LinkedHashMap<>();
    woken.forEach(watch -> once.putIfAbsent(watch.wake, watch));
    once.values().forEach(Watch::run);
  }

  private synchronized void remove(Watch watch) {
    Path directory = directory(watch.file);
    List<Watch> left = watches.getOrDefault(directory, List.of());
    if (!left.contains(watch)) {
      return;
    }
    left.remove(watch);
    if (left.isEmpty()) {
      watches.remove(directory);
      thread.ifPresent(running -> running.remove(directory));
    }
    if (watches.isEmpty()) {
      thread.ifPresent(WatchThread::close);
      thread = Optional.empty();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, NAME);
    thread.setDaemon(true);
    return thread;
  }

  private static Path directory(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file without a directory");
  }
}
