package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.watch.DirectoryChanges;
import org.runmetrics.watch.MarkedWatch;

/**
 * The directories below a storage root, as far as anybody looked at them.
 *
 * <p>Without a watch nothing seen is ever looked at again unless asked to. Not thread-safe.
 */
final class DirectoryTree {
  private final Path root;
  private final Directory top;
  private final FileState state;
  private final Map<Path, Directory> watched = new HashMap<>();
  private Optional<MarkedWatch> watch = Optional.empty();
  private Optional<LocalFileSystems> local = Optional.empty();

  /** Whether the operating system watches no more directories for us. */
  private boolean exhausted;

  private boolean changed = true;
  private boolean outdated = true;

  /**
   * Knows nothing yet.
   *
   * @param root without links
   */
  DirectoryTree(Path root) {
    this.root = root;
    this.state = FileState.of(root);
    this.top = new Directory(this, root, state);
  }

  Path root() {
    return root;
  }

  Directory top() {
    return top;
  }

  /** Tells whether the root is what it was. */
  boolean isAt(Path path) {
    return path.equals(root) && FileState.of(path).isSame(state);
  }

  /** Returns the path below the root with slashes. */
  String relative(Path path) {
    StringBuilder relative = new StringBuilder();
    for (Path segment : root.relativize(path)) {
      relative.append(relative.isEmpty() ? "" : "/").append(PathName.of(segment));
    }
    return relative.toString();
  }

  /** Accepts a directory, and a link to one that lies inside the root and not above the link. */
  boolean holds(Path path, FileState directory) {
    if (!(directory.identity() instanceof FileState.Target target)) {
      return true;
    }
    return target.path().startsWith(root) && !parent(path).startsWith(target.path());
  }

  /** Watches every directory that is looked at from now on, if its file system tells all. */
  void watchWith(MarkedWatch events, LocalFileSystems fileSystems) {
    watch = Optional.of(events);
    local = Optional.of(fileSystems);
  }

  /** Watches nothing any more. */
  void unwatch() {
    top.unwatch();
    watch = Optional.empty();
  }

  /** Watches a directory if that is possible. */
  boolean watch(Directory directory) {
    if (watch.isEmpty() || exhausted || !local.orElseThrow().tell(directory.path())) {
      return false;
    }
    boolean added = watch.get().add(directory.path());
    if (added) {
      watched.put(directory.path(), directory);
    } else {
      exhausted = Files.isReadable(directory.path());
    }
    return added;
  }

  void unwatch(Directory directory) {
    if (watched.remove(directory.path(), directory)) {
      watch.ifPresent(events -> events.remove(directory.path()));
    }
  }

  /** Tries the system's limits anew. */
  void retry() {
    exhausted = false;
  }

  void apply(DirectoryChanges changes) {
    Directory directory = watched.get(changes.directory());
    if (directory != null) {
      directory.apply(changes);
    }
  }

  /** Notes that a walk may find other runs. */
  void changed() {
    changed = true;
    outdated = true;
  }

  /** Notes that runs may say something else. */
  void outdated() {
    outdated = true;
  }

  /** Tells whether a walk may find other runs than when this was last asked. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  boolean isOutdated() {
    return outdated;
  }

  /** Notes that what all runs say is known. */
  void told() {
    outdated = false;
  }

  private Path parent(Path path) {
    try {
      return path.resolveSibling("").toRealPath();
    } catch (IOException missing) {
      return root;
    }
  }
}
