package org.runmetrics.cache;

import java.util.Optional;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;

/**
 * Ehcache, with the segments of all runs and what is known of each run.
 *
 * <p>The heap is bounded by a number of entries: Ehcache's own sizing in bytes rests on access to
 * JDK internals that newer JDKs withdraw. A segment has a largest size, so the number bounds bytes
 * too.
 */
final class SegmentStore implements AutoCloseable {
  /** Runs whose file need not be read again; each takes a few kilobytes. */
  private static final int MAX_RUNS = 10_000;

  private final CacheManager manager;
  private final Cache<SegmentKey, Segment> segments;
  private final Cache<String, LoadedRun> runs;
  private final long maxSegments;

  SegmentStore(long heapBytes) {
    maxSegments = Math.max(1, heapBytes / SegmentBuilder.MAX_BYTES);
    manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
    segments =
        manager.createCache(
            "segments",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                SegmentKey.class, Segment.class, ResourcePoolsBuilder.heap(maxSegments)));
    runs =
        manager.createCache(
            "runs",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class, LoadedRun.class, ResourcePoolsBuilder.heap(MAX_RUNS)));
  }

  Optional<Segment> segment(SegmentKey key) {
    return Optional.ofNullable(segments.get(key));
  }

  void put(SegmentKey key, Segment segment) {
    segments.put(key, segment);
  }

  void remove(SegmentKey key) {
    segments.remove(key);
  }

  Optional<LoadedRun> run(String path) {
    return Optional.ofNullable(runs.get(path));
  }

  void put(String path, LoadedRun run) {
    runs.put(path, run);
  }

  long segmentCount() {
    long count = 0;
    for (Cache.Entry<SegmentKey, Segment> entry : segments) {
      count += entry.getKey() == null ? 0 : 1;
    }
    return count;
  }

  long maxSegments() {
    return maxSegments;
  }

  @Override
  public void close() {
    manager.close();
  }
}
