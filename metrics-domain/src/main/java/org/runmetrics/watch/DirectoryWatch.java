package org.runmetrics.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Directories whose changes the operating system reports.
 *
 * <p>A directory may be watched under several names, of which links are the cause: each is
 * reported. Safe for use by several threads.
 */
public final class DirectoryWatch implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(DirectoryWatch.class.getName());

  private final WatchService service;

  /** Guarded by this, like the names. */
  private final Map<Path, WatchKey> keys = new HashMap<>();

  /** The names of each directory, which has one key however many they are. */
  private final Map<WatchKey, Set<Path>> names = new HashMap<>();

  private DirectoryWatch(WatchService service) {
    this.service = service;
  }

  /** Starts to watch, if the file system offers it and the system's limits allow it. */
  public static Optional<DirectoryWatch> open(FileSystem fileSystem) {
    try {
      return Optional.of(new DirectoryWatch(fileSystem.newWatchService()));
    } catch (IOException | UnsupportedOperationException none) {
      LOGGER.log(Level.INFO, "No file events here ({0})", none.toString());
      return Optional.empty();
    }
  }

  /**
   * Watches a directory, if it can be watched.
   *
   * @return false if it cannot: it is missing, unreadable or over the system's limit of watches
   */
  public synchronized boolean add(Path directory) {
    try {
      WatchKey key =
          directory.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      if (!key.equals(keys.get(directory))) {
        remove(directory);
        keys.put(directory, key);
      }
      names.computeIfAbsent(key, added -> new HashSet<>()).add(directory);
      return true;
    } catch (IOException | RuntimeException unwatchable) {
      LOGGER.log(Level.DEBUG, "No file events for {0}: {1}", directory, unwatchable.toString());
      return false;
    }
  }

  /** Watches a directory no longer; nothing happens if it is not watched. */
  public synchronized void remove(Path directory) {
    WatchKey key = keys.remove(directory);
    Set<Path> left = key == null ? Set.of() : names.getOrDefault(key, Set.of());
    if (key != null && left.remove(directory) && left.isEmpty()) {
      names.remove(key);
      key.cancel();
    }
  }

  /** Returns whether changes of a directory are reported. */
  public synchronized boolean watches(Path directory) {
    WatchKey key = keys.get(directory);
    return key != null && key.isValid();
  }

  /**
   * Waits for changes.
   *
   * @return those of one directory, under each of its names; nothing if the time is up
   * @throws ClosedWatchServiceException if the watch was closed, also while this waits
   */
  public List<DirectoryChanges> next(long nanos) throws InterruptedException {
    return key(nanos).map(this::read).orElse(List.of());
  }

  /** Waits until a directory has changes to be read. */
  Optional<WatchKey> key(long nanos) throws InterruptedException {
    return Optional.ofNullable(service.poll(nanos, TimeUnit.NANOSECONDS));
  }

  /** Takes the changes of a directory; later ones make its key ready again. */
  synchronized List<DirectoryChanges> read(WatchKey key) {
    Set<Path> replaced = new HashSet<>();
    Set<Path> written = new HashSet<>();
    boolean incomplete = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      if (!(event.context() instanceof Path name)) {
        incomplete = true;
      } else if (event.kind() == StandardWatchEventKinds.ENTRY_MODIFY) {
        written.add(name);
      } else {
        replaced.add(name);
      }
    }
    boolean unknown = incomplete;
    boolean ended = !key.reset();
    Set<Path> directories = Set.copyOf(names.getOrDefault(key, Set.of()));
    if (ended) {
      names.remove(key);
      directories.forEach(directory -> keys.remove(directory, key));
    }
    return directories.stream()
        .map(directory -> new DirectoryChanges(directory, replaced, written, unknown, ended))
        .toList();
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException alreadyBroken) {
      LOGGER.log(Level.DEBUG, "Cannot close the file events", alreadyBroken);
    }
  }
}
