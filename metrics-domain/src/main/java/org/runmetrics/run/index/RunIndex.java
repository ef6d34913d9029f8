package org.runmetrics.run.index;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;
import org.runmetrics.watch.DirectoryChanges;
import org.runmetrics.watch.MarkedWatch;

/**
 * All runs and what they say, of which only what changed is read again.
 *
 * <p>An answer holds every change that was made before the question: the watch has reported it by
 * then. What is reached by links is looked at each time, and what cannot be watched at a steady
 * pace. Without questions there is no thread and no watch. Safe for use by several threads.
 */
final class RunIndex implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RunIndex.class.getName());

  private final StorageRoot root;
  private final Pace pace;
  private final LocalFileSystems fileSystems;

  /** Guarded by this, like all below. */
  private Optional<DirectoryTree> tree = Optional.empty();

  private Optional<MarkedWatch> watch = Optional.empty();
  private Optional<Tidying> tidying = Optional.empty();
  private Listing listing = Listing.EMPTY;
  private List<RunInfo> runs = List.of();
  private boolean closed;

  /** Moments of {@link System#nanoTime}. */
  private long refreshed;

  private long verified;
  private long retried;

  RunIndex(StorageRoot root) {
    this(root, Pace.DEFAULT, LocalFileSystems.LINUX);
  }

  /** Watches only directories of file systems of the given types. */
  RunIndex(StorageRoot root, Pace pace, Set<String> types) {
    this.root = root;
    this.pace = pace;
    this.fileSystems = new LocalFileSystems(types);
    this.retried = System.nanoTime() - pace.retry().toNanos();
  }

  /** Returns what all runs say, in the order of their paths; the same list until it changes. */
  List<RunInfo> runs() {
    long asked = System.nanoTime();
    synchronized (this) {
      refresh(asked);
      if (tree.isEmpty()) {
        runs = List.of();
      } else if (tree.get().isOutdated()) {
        List<RunInfo> now = listing.holders().stream().map(Directory::info).toList();
        runs = now.equals(runs) ? runs : now;
        tree.get().told();
      }
      return runs;
    }
  }

  /** Returns where all runs are, by their ids. */
  Map<String, RunDirectory> directories() {
    long asked = System.nanoTime();
    synchronized (this) {
      refresh(asked);
      return listing.byId();
    }
  }

  /** Tells whether changes are reported. */
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
    if (tree.isPresent() && refreshed - asked > 0) {
      return; // Somebody who asked later was answered in between.
    }
    refreshed = System.nanoTime();
    Optional<Path> real = root.realPath();
    if (real.isEmpty()) {
      unwatch();
      tree = Optional.empty();
      listing = Listing.EMPTY;
    } else {
      try {
        refresh(treeAt(real.get()));
      } catch (RuntimeException failure) {
        // Changes may have been taken note of by halves.
        unwatch();
        tree = Optional.empty();
        throw failure;
      }
    }
  }

  private DirectoryTree treeAt(Path path) {
    if (tree.filter(known -> known.isAt(path)).isEmpty()) {
      unwatch();
      tree = Optional.of(new DirectoryTree(path));
      listing = Listing.EMPTY;
    }
    return tree.get();
  }

  private void refresh(DirectoryTree known) {
    boolean lost = watch.isPresent() && !report(known);
    boolean found = watch.isEmpty() && !closed && isDue(retried, pace.retry()) && watch(known);
    known.top().verifySelf();
    listing.linked().forEach(Directory::verifyLinks);
    if (lost || found || isDue(verified, pace.verification())) {
      known.retry();
      known.top().verifyUnwatched();
      verified = System.nanoTime();
    }
    if (known.takeChanged()) {
      listing = Scan.of(known);
    }
  }

  /** Lets the watch report all changes, and ends it if it cannot. */
  private boolean report(DirectoryTree known) {
    Optional<List<DirectoryChanges>> changes =
        watch.flatMap(events -> events.changes(pace.report()));
    changes.ifPresentOrElse(
        all -> all.forEach(known::apply),
        () -> {
          unwatch();
          retried = System.nanoTime();
        });
    return changes.isPresent();
  }

  private boolean watch(DirectoryTree known) {
    retried = System.nanoTime();
    watch =
        fileSystems.tell(known.root())
            ? MarkedWatch.open(known.root())
            : Optional.<MarkedWatch>empty();
    watch.ifPresent(
        events -> {
          known.watchWith(events, fileSystems);
          tidying = Optional.of(new Tidying(this::tidy, pace.idle()));
        });
    return watch.isPresent();
  }

  private void unwatch() {
    tidying.ifPresent(Tidying::close);
    tidying = Optional.empty();
    tree.ifPresent(DirectoryTree::unwatch);
    watch.ifPresent(MarkedWatch::close);
    watch = Optional.empty();
    retried = System.nanoTime() - pace.retry().toNanos();
  }

  /** Keeps the reports from piling up, and ends the watch after idle time. */
  private synchronized void tidy() {
    try {
      if (isDue(refreshed, pace.idle())) {
        unwatch();
      } else if (tree.isPresent()) {
        watch.ifPresent(events -> events.reported().forEach(tree.get()::apply));
      }
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "The watch of the runs failed and begins anew", failure);
      unwatch();
      tree = Optional.empty();
    }
  }

  private static boolean isDue(long since, Duration interval) {
    return System.nanoTime() - since >= interval.toNanos();
  }
}
