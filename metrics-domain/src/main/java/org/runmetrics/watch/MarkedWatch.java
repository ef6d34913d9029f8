package org.runmetrics.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A watch that knows when it has reported all that happened before a moment.
 *
 * <p>Linux queues the events of one watch in the order of the changes, before the call that made
 * the change returns. So a marker is renamed in a watched folder of our own, and all that happened
 * before is reported when that is; Watchman calls such a marker a cookie. Not thread-safe.
 */
public final class MarkedWatch implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(MarkedWatch.class.getName());

  private final DirectoryWatch watch;
  private final Path folder;
  private Path marker;
  private long sequence;

  private MarkedWatch(DirectoryWatch watch, Path folder, Path marker) {
    this.watch = watch;
    this.folder = folder;
    this.marker = marker;
  }

  /**
   * Starts a watch whose marker lies among the temporary files.
   *
   * @param root where nothing may be written, so that there is no watch if it holds those
   */
  public static Optional<MarkedWatch> open(Path root) {
    return open(root, Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Optional<MarkedWatch> open(Path root, Path temporary) {
    Optional<DirectoryWatch> watch = DirectoryWatch.open(root.getFileSystem());
    Optional<MarkedWatch> marked = watch.flatMap(events -> mark(events, root, temporary));
    if (marked.isEmpty()) {
      watch.ifPresent(DirectoryWatch::close);
    }
    return marked;
  }

  private static Optional<MarkedWatch> mark(DirectoryWatch watch, Path root, Path temporary) {
    try {
      if (temporary.toRealPath().startsWith(root.toRealPath())) {
        return Optional.empty();
      }
      Path folder = Files.createTempDirectory(temporary, "runmetrics-watch-");
      MarkedWatch marked = new MarkedWatch(watch, folder, Files.createFile(folder.resolve("0")));
      if (watch.add(folder)) {
        return Optional.of(marked);
      }
      marked.close();
    } catch (IOException unwritable) {
      LOGGER.log(Level.WARNING, "No temporary folder for a marker: {0}", unwritable.toString());
    }
    return Optional.empty();
  }

  /** Watches a directory, if it can be watched. */
  public boolean add(Path directory) {
    return watch.add(directory);
  }

  /** Watches a directory no longer. */
  public void remove(Path directory) {
    watch.remove(directory);
  }

  /** Returns what was reported until now, which may not be all that happened. */
  public List<DirectoryChanges> reported() {
    List<DirectoryChanges> changes = new ArrayList<>();
    try {
      drain(changes);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return changes;
  }

  /**
   * Returns all changes that were made before this call and not returned yet.
   *
   * @param bound how long to wait for them
   * @return nothing if they were not reported in time, or not at all
   */
  public Optional<List<DirectoryChanges>> changes(Duration bound) {
    long end = System.nanoTime() + bound.toNanos();
    List<DirectoryChanges> changes = new ArrayList<>();
    try {
      boolean marked = false;
      while (!marked) {
        Path name = mark();
        Optional<Boolean> seen = await(name, end, changes);
        if (seen.isEmpty()) {
          return Optional.empty();
        }
        marked = seen.get();
      }
      drain(changes);
      return Optional.of(changes);
    } catch (IOException unwritable) {
      LOGGER.log(Level.WARNING, "The marker is gone: {0}", unwritable.toString());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private Path mark() throws IOException {
    Path name = Path.of(Long.toString(++sequence));
    marker = Files.move(marker, folder.resolve(name));
    return name;
  }

  /**
   * Waits for the marker.
   *
   * @return false if it may have been lost among others, nothing if the time is up
   */
  private Optional<Boolean> await(Path name, long end, List<DirectoryChanges> changes)
      throws InterruptedException {
    while (true) {
      Optional<WatchKey> key = watch.key(end - System.nanoTime());
      if (key.isEmpty()) {
        return Optional.empty();
      }
      for (DirectoryChanges change : watch.read(key.get())) {
        if (!change.directory().equals(folder)) {
          changes.add(change);
        } else if (change.replaced().contains(name)) {
          return Optional.of(true);
        } else if (change.incomplete()) {
          return Optional.of(false);
        }
      }
    }
  }

  /**
   * Takes what is ready. A key that comes again was made ready by later changes, and comes after
   * all others: so this ends however many changes there are.
   */
  private void drain(List<DirectoryChanges> changes) throws InterruptedException {
    Set<WatchKey> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    Optional<WatchKey> key = watch.key(0);
    while (key.isPresent()) {
      watch.read(key.get()).stream()
          .filter(change -> !change.directory().equals(folder))
          .forEach(changes::add);
      key = taken.add(key.get()) ? watch.key(0) : Optional.empty();
    }
  }

  /** Watches nothing any more and deletes the marker. */
  @Override
  public void close() {
    watch.close();
    try {
      Files.deleteIfExists(marker);
      Files.deleteIfExists(folder);
    } catch (IOException left) {
      LOGGER.log(Level.DEBUG, "Cannot delete the marker", left);
    }
  }
}
