package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.runmetrics.run.Host;
import org.runmetrics.run.RunDirectory;

/**
 * The folder that holds all runs, in both layouts of the tracker.
 *
 * <ul>
 *   <li>{@code <root>/runs/<group of any depth>/<run id>/}
 *   <li>{@code <root>/<project>/<name>/runs/<run id>/}, the older one
 * </ul>
 *
 * <p>Links are followed while they stay inside the root. Directories that cannot be read are passed
 * over. Nothing is ever written.
 */
public final class StorageRoot {
  private final Path path;
  private final Host host;
  private final boolean confined;

  /** How many names were looked at: it changes while the disk answers. */
  private final AtomicLong looks = new AtomicLong();

  /** Takes a folder that may not exist yet. */
  public StorageRoot(Path path) {
    this(path, Host.own());
  }

  /**
   * Takes a folder that may not exist yet.
   *
   * @param host the machine on which the runs' processes can be looked at
   */
  public StorageRoot(Path path, Host host) {
    this(path, host, false);
  }

  private StorageRoot(Path path, Host host, boolean confined) {
    this.path = path.toAbsolutePath().normalize();
    this.host = host;
    this.confined = confined;
  }

  /** Returns the same folder, of whose runs each has files in its own directory alone. */
  public StorageRoot confined() {
    return new StorageRoot(path, host, true);
  }

  /** Takes note of a look at a name. */
  void looked() {
    looks.incrementAndGet();
  }

  long looks() {
    return looks.get();
  }

  Host host() {
    return host;
  }

  boolean isConfined() {
    return confined;
  }

  /** Begins to look at the folder. */
  Directory top(Path real, Predicate<Path> watch) {
    return new Directory(DirectoryPath.of(this, real), watch);
  }

  /** Returns whether the folder can be read now. */
  public boolean isReadable() {
    return Files.isDirectory(path) && Files.isReadable(path);
  }

  /** Finds every run, each id once, in the order of their paths. */
  public List<RunDirectory> scan() {
    return List.copyOf(listing(directory -> false).runs().values());
  }

  /**
   * Walks through the folder now.
   *
   * @param watch told each directory
   */
  Listing listing(Predicate<Path> watch) {
    return realPath().map(real -> top(real, watch)).map(Walk::from).orElse(Listing.EMPTY);
  }

  /** Returns the folder without links, if it is there. */
  Optional<Path> realPath() {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException missing) {
      return Optional.empty();
    }
  }
}
