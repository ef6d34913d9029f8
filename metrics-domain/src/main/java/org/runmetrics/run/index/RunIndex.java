package org.runmetrics.run.index;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;
import org.runmetrics.watch.DirectoryChanges;
import org.runmetrics.watch.MarkedWatch;

/**
 * All runs and what they say, of which only what changed is read again.
 *
 * <p>What is known of a directory is what a look found, and a question looks again at those that
 * may have changed: at links always, at others by the clock, and at what the watch reports. An
 * answer holds every change in watched directories that was made before the question. Without
 * questions there is no thread and no watch. Safe for use by several threads.
 */
final class RunIndex implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RunIndex.class.getName());

  private final StorageRoot root;
  private final Pace pace;
  private final LocalFileSystems fileSystems;

  /** Guarded by this, like all below. */
  private Optional<Directory> top = Optional.empty();

  private Listing listing = Listing.EMPTY;
  private List<RunInfo> runs = List.of();

  private List<RunFacts> facts = List.of();

  /** Whether anything was looked at since the runs were listed, and since their facts were. */
  private boolean outdated;

  private boolean factsOutdated;

  private Optional<MarkedWatch> watch = Optional.empty();
  private Optional<Tidying> tidying = Optional.empty();
  private boolean closed;

  /** Whether the operating system watches no more directories for us. */
  private boolean exhausted;

  /** Moments of {@link System#nanoTime}: the last look, and the last try to watch. */
  private long refreshed;

  private long tried;

  RunIndex(StorageRoot root) {
    this(root, Pace.DEFAULT, LocalFileSystems.LINUX);
  }

  /** Watches only directories of file systems of the given types. */
  RunIndex(StorageRoot root, Pace pace, Set<String> types) {
    this.root = root;
    this.pace = pace;
    this.fileSystems = new LocalFileSystems(types);
    this.tried = System.nanoTime() - pace.retry().toNanos();
  }

  /**
   * Returns what all runs say, in the order of their paths; the same list until it changes.
   *
   * @param asked when the question was asked, by {@link System#nanoTime}
   */
  synchronized List<RunInfo> runs(long asked) {
    refresh(asked);
    if (outdated) {
      List<RunInfo> now = ofAll(Directory::info);
      runs = now.equals(runs) ? runs : now;
      outdated = false;
    }
    return runs;
  }

  /** Returns the facts of all runs in the same order; the same list until something changes. */
  synchronized List<RunFacts> facts(long asked) {
    refresh(asked);
    if (factsOutdated) {
      facts = ofAll(Directory::facts);
      factsOutdated = false;
    }
    return facts;
  }

  private <T> List<T> ofAll(Function<Directory, T> reading) {
    return listing.holders().stream()
        .map(
            holder -> {
              root.looked();
              return reading.apply(holder);
            })
        .toList();
  }

  /** Returns where all runs are, by their ids. */
  synchronized Map<String, RunDirectory> directories(long asked) {
    refresh(asked);
    return listing.runs();
  }

  /** Returns the same by a walk that leaves nothing behind. */
  Map<String, RunDirectory> walk() {
    return root.listing(directory -> false).runs();
  }

  /** Returns a number that changes while the disk answers. */
  long progress() {
    return root.looks();
  }

  /** Returns whether changes are reported. */
  synchronized boolean isWatching() {
    return watch.isPresent();
  }

  /** Ends the watch for good. */
  @Override
  public synchronized void close() {
    closed = true;
    unwatch();
  }

  private void refresh(long asked) {
    if (top.isPresent() && refreshed - asked > 0) {
      return; // Somebody who asked later was answered in between.
    }
    refreshed = System.nanoTime();
    try {
      Optional<Path> real = root.realPath();
      if (!real.equals(top.map(Directory::path)) || !top.map(Directory::isStill).orElse(true)) {
        forget();
        top = real.map(path -> root.top(path, this::watch));
      }
      boolean unusedReported = watch.isPresent() ? report() : open();
      look();
    } catch (RuntimeException | Error failure) {
      forget(); // Changes may have been taken note of by halves.
      throw failure;
    }
  }

  private void look() {
    boolean changed = listing.directories().isEmpty();
    for (Directory directory : listing.directories().values()) {
      if (directory.isDoubtful(refreshed, pace)) {
        changed |= directory.look();
        outdate();
      }
    }
    if (changed) {
      outdate();
      Set<Path> before = listing.directories().keySet();
      listing = top.map(Walk::from).orElse(Listing.EMPTY);
      Set<Path> now = listing.directories().keySet();
      watch.ifPresent(
          events -> before.stream().filter(path -> !now.contains(path)).forEach(events::remove));
    }
  }

  private void outdate() {
    outdated = true;
    factsOutdated = true;
  }

  /** Lets the watch report all changes, and ends it if it cannot. */
  private boolean report() {
    Optional<List<DirectoryChanges>> changes =
        watch.flatMap(events -> events.changes(pace.report()));
    changes.ifPresentOrElse(all -> all.forEach(this::doubt), this::unwatch);
    return changes.isPresent();
  }

  private void doubt(DirectoryChanges changes) {
    Map<Path, Directory> known = listing.directories();
    Directory directory = known.get(changes.directory());
    if (directory == null) {
      return;
    }
    if (changes.ended()) {
      directory.unwatched();
    }
    // What happens to a directory itself, such as its permissions, is reported of its parent.
    changes.names().stream()
        .map(name -> known.get(changes.directory().resolve(name)))
        .filter(Objects::nonNull)
        .forEach(Directory::doubt);
    if (changes.incomplete()
        || !changes.replaced().isEmpty()
        || changes.written().stream().anyMatch(name -> RunFiles.READ.contains(name.toString()))) {
      directory.doubt();
    }
  }

  /** Starts to watch if it is time to try, and returns whether it did. */
  private boolean open() {
    if (closed || top.isEmpty() || !isDue(tried, pace.retry())) {
      return false;
    }
    tried = System.nanoTime();
    exhausted = false;
    watch = top.map(Directory::path).filter(fileSystems::tell).flatMap(MarkedWatch::open);
    watch.ifPresent(events -> tidying = Optional.of(new Tidying(this::tidy, pace.idle())));
    // What happened since the last look was reported to nobody.
    listing.directories().values().forEach(Directory::unwatched);
    return watch.isPresent();
  }

  /** Watches a directory, if its file system reports all and there is room for one more. */
  private boolean watch(Path directory) {
    if (watch.isEmpty() || exhausted || !fileSystems.tell(directory)) {
      return false;
    }
    boolean added = watch.get().add(directory);
    exhausted = !added && Files.isReadable(directory);
    return added;
  }

  private void unwatch() {
    tidying.ifPresent(Tidying::close);
    tidying = Optional.empty();
    watch.ifPresent(MarkedWatch::close);
    watch = Optional.empty();
    listing.directories().values().forEach(Directory::unwatched);
  }

  private void forget() {
    unwatch();
    top = Optional.empty();
    listing = Listing.EMPTY;
    tried = System.nanoTime() - pace.retry().toNanos();
  }

  /** Keeps the reports from piling up, and ends the watch after idle time. */
  private synchronized void tidy() {
    try {
      if (isDue(refreshed, pace.idle())) {
        unwatch();
        tried = System.nanoTime() - pace.retry().toNanos();
      } else {
        watch.ifPresent(events -> events.reported().forEach(this::doubt));
      }
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "The watch of the runs failed and begins anew", failure);
      forget();
    }
  }

  private static boolean isDue(long since, Duration interval) {
    return System.nanoTime() - since >= interval.toNanos();
  }
}
