package org.runmetrics.cache;

import java.util.Optional;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.internal.statistics.DefaultStatisticsService;
import org.ehcache.core.spi.service.StatisticsService;
import org.ehcache.core.statistics.TierStatistics;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;
import org.runmetrics.settings.CacheSize;

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

  private final StatisticsService statistics = new DefaultStatisticsService();
  private final CacheManager manager;
  private final Optional<CacheFolder> folder;
  private final Cache<String, Segment> segments;
  private final Cache<String, LoadedRun> runs;
  private final long maxSegments;

  SegmentStore(CacheSize size) {
    maxSegments = Math.max(1, size.heap() / SegmentBuilder.MAX_BYTES);
    folder = size.disk() > 0 ? Optional.of(CacheFolder.create()) : Optional.empty();
    manager = manager(folder);
    segments =
        manager.createCache(
            "segments",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                    String.class, Segment.class, pools(size, maxSegments))
                .withValueSerializer(new SegmentSerializer()));
    runs =
        manager.createCache(
            "runs",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class, LoadedRun.class, ResourcePoolsBuilder.heap(MAX_RUNS)));
  }

  Optional<Segment> segment(SegmentKey key) {
    return Optional.ofNullable(segments.get(key.name()));
  }

  void put(SegmentKey key, Segment segment) {
    segments.put(key.name(), segment);
  }

  void remove(SegmentKey key) {
    segments.remove(key.name());
  }

  Optional<LoadedRun> run(String path) {
    return Optional.ofNullable(runs.get(path));
  }

  void put(String path, LoadedRun run) {
    runs.put(path, run);
  }

  /** Returns how many segments are on the heap. */
  long segmentCount() {
    TierStatistics heap =
        statistics.getCacheStatistics("segments").getTierStatistics().get("OnHeap");
    return heap == null ? 0 : heap.getMappings();
  }

  long maxSegments() {
    return maxSegments;
  }

  @Override
  public void close() {
    manager.close();
    folder.ifPresent(CacheFolder::delete);
  }

  private CacheManager manager(Optional<CacheFolder> folder) {
    CacheManagerBuilder<CacheManager> builder =
        CacheManagerBuilder.newCacheManagerBuilder().using(statistics);
    return folder.isEmpty()
        ? builder.build(true)
        : builder.with(CacheManagerBuilder.persistence(folder.get().path().toString())).build(true);
  }

  private static ResourcePoolsBuilder pools(CacheSize size, long maxSegments) {
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.heap(maxSegments);
    if (size.offheap() > 0) {
      pools = pools.offheap(size.offheap(), MemoryUnit.B);
    }
    return size.disk() > 0 ? pools.disk(size.disk(), MemoryUnit.B) : pools;
  }
}
