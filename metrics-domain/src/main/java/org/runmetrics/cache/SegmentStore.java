package org.runmetrics.cache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.runmetrics.series.Segment;
import org.runmetrics.settings.CacheSize;

/**
 * The segments of all runs and what is known of each run, as far as there is room for them.
 *
 * <p>Never fails a caller: tiers that do, as damaged files and a full disk may make them, are
 * thrown away with all they hold, and others take their place. Safe for use by several threads.
 */
final class SegmentStore implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SegmentStore.class.getName());

  /** How often the disk may fail until it is used no more. */
  private static final int MAX_FAILURES = 3;

  private final CacheSize size;
  private final Optional<CacheDirectory> directory;
  private volatile Tiers tiers;
  private int failures;
  private boolean closed;

  /** Opens a store in memory and, if the size has a disk tier, in a folder. */
  SegmentStore(CacheSize size, Optional<CacheDirectory> directory) {
    this.size = size;
    this.directory = directory;
    this.tiers = open();
  }

  Optional<Segment> segment(SegmentKey key) {
    return get(key.name())
        .flatMap(
            entry ->
                entry instanceof Entry.OfSegment it && it.key().equals(key)
                    ? Optional.of(it.segment())
                    : Optional.empty());
  }

  void put(SegmentKey key, Segment segment) {
    change(it -> it.put(new Entry.OfSegment(key, segment)));
  }

  void remove(SegmentKey key) {
    change(it -> it.remove(key.name()));
  }

  Optional<LoadedRun> run(String path) {
    return get(Entry.OfRun.name(path))
        .flatMap(
            entry -> entry instanceof Entry.OfRun it ? Optional.of(it.run()) : Optional.empty());
  }

  void put(String path, LoadedRun run) {
    change(it -> it.put(new Entry.OfRun(path, run)));
  }

  synchronized boolean isOpen() {
    return !closed;
  }

  synchronized CacheStatistics.Tier heap() {
    return tiers.heap();
  }

  synchronized CacheStatistics.Tier offheap() {
    return tiers.offheap();
  }

  synchronized CacheStatistics.Tier disk() {
    return tiers.disk();
  }

  /**
   * Frees all memory; what is on disk is kept for the next start unless its folder is temporary.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      tiers.close();
      directory.filter(it -> tiers.isOnDisk()).ifPresent(CacheDirectory::seal);
    } finally {
      directory.ifPresent(CacheDirectory::close);
    }
  }

  private Optional<Entry> get(String name) {
    return attempt(it -> it.get(name)).flatMap(Function.identity());
  }

  private void change(Consumer<Tiers> change) {
    attempt(
        it -> {
          change.accept(it);
          return it;
        });
  }

  /** Errors too: a mapped file that cannot be read or written raises one. */
  private <T> Optional<T> attempt(Function<Tiers, T> action) {
    Tiers current = tiers;
    try {
      return Optional.of(action.apply(current));
    } catch (RuntimeException | AssertionError | VirtualMachineError failure) {
      if (isForWantOfMemory(failure)) {
        // Says nothing of the tiers: this call does without them, and the next ones find them.
        LOG.log(Level.WARNING, "A call of the cache found too little memory: " + failure);
      } else {
        replace(current, failure);
      }
      return Optional.empty();
    }
  }

  private static boolean isForWantOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || cause instanceof StackOverflowError) {
        return true;
      }
    }
    return false;
  }

  private synchronized void replace(Tiers failed, Throwable failure) {
    if (closed || tiers != failed) {
      // Others have closed or replaced them, which is why they failed here.
      return;
    }
    LOG.log(Level.WARNING, "The cache failed and is built anew: " + failure);
    LOG.log(Level.DEBUG, "It failed here", failure);
    failures++;
    try {
      failed.close();
    } catch (RuntimeException | Error unusable) {
      LOG.log(Level.DEBUG, "What failed could not be closed", unusable);
    }
    discard();
    tiers = open();
  }

  private Tiers open() {
    for (; directory.isPresent() && failures < MAX_FAILURES; failures++) {
      try {
        return Tiers.onDisk(size, directory.get().store());
      } catch (RuntimeException | Error unusable) {
        LOG.log(Level.WARNING, "The cache on disk cannot be used and is built anew: " + unusable);
        discard();
      }
    }
    if (directory.isPresent()) {
      LOG.log(Level.WARNING, "The disk cannot hold the cache, which goes on in memory");
    }
    return Tiers.inMemory(size);
  }

  private void discard() {
    try {
      directory.ifPresent(CacheDirectory::discard);
    } catch (RuntimeException undeletable) {
      LOG.log(Level.WARNING, "The cache on disk could not be deleted", undeletable);
      failures = MAX_FAILURES;
    }
  }
}
