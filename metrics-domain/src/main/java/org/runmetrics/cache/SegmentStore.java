package org.runmetrics.cache;

import java.util.Optional;
import org.runmetrics.series.Segment;
import org.runmetrics.settings.CacheSize;

/** The segments of all runs and what is known of each run, as far as there is room for them. */
final class SegmentStore implements AutoCloseable {
  private final Optional<CacheFolder> folder;
  private final Tiers tiers;

  SegmentStore(CacheSize size) {
    folder = size.disk() > 0 ? Optional.of(CacheFolder.create()) : Optional.empty();
    tiers = folder.map(it -> Tiers.onDisk(size, it.path())).orElseGet(() -> Tiers.inMemory(size));
  }

  Optional<Segment> segment(SegmentKey key) {
    return tiers
        .get(key.name())
        .map(entry -> entry instanceof Entry.OfSegment it ? it.segment() : null);
  }

  void put(SegmentKey key, Segment segment) {
    tiers.put(new Entry.OfSegment(key, segment));
  }

  void remove(SegmentKey key) {
    tiers.remove(key.name());
  }

  Optional<LoadedRun> run(String path) {
    return tiers
        .get(Entry.OfRun.name(path))
        .map(entry -> entry instanceof Entry.OfRun it ? it.run() : null);
  }

  void put(String path, LoadedRun run) {
    tiers.put(new Entry.OfRun(path, run));
  }

  CacheStatistics.Tier heap() {
    return tiers.heap();
  }

  CacheStatistics.Tier offheap() {
    return tiers.offheap();
  }

  CacheStatistics.Tier disk() {
    return tiers.disk();
  }

  @Override
  public void close() {
    tiers.close();
    folder.ifPresent(CacheFolder::delete);
  }
}
