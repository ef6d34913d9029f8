package org.runmetrics.cache;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.core.internal.statistics.DefaultStatisticsService;
import org.ehcache.core.spi.service.StatisticsService;
import org.ehcache.core.statistics.TierStatistics;
import org.ehcache.impl.config.store.disk.OffHeapDiskStoreConfiguration;
import org.runmetrics.settings.CacheSize;

/**
 * Ehcache: entries on the heap and, where configured, off the heap and on disk.
 *
 * <p>The lowest tier is the authority: it holds every entry, and the tiers above it hold copies of
 * those used last. What is known of a run is evicted only where there are no segments to evict: a
 * segment is read again from a range of a file, a run from its start.
 */
final class Tiers implements AutoCloseable {
  private static final String NAME = "entries";

  /** The names that Ehcache's statistics have for the tiers. */
  private static final String HEAP = "OnHeap";

  private static final String OFFHEAP = "OffHeap";
  private static final String DISK = "Disk";

  /** Parts of the disk tier with a lock each; fewer parts leave less of a small tier unused. */
  private static final int DISK_PARTS = 4;

  /** Bounds what one entry may evict: a large one may take the place of many small ones. */
  private static final int MAX_EVICTIONS = 10_000;

  private static final int LOCKS = 64;

  private final CacheSize size;

  /** Ehcache empties a part of the lowest tier before it sees that an entry does not fit. */
  private final long largest;

  private final CacheManager manager;
  private final Cache<String, Entry> entries;
  private final Map<String, TierStatistics> statistics;

  /**
   * One lock for each of some names.
   *
   * <p>Where there are lower tiers, Ehcache adds an entry's bytes where it should subtract them, if
   * an entry is replaced while it is on its way to the heap; the heap seems to fill up for good.
   */
  private final Object[] locks = new Object[LOCKS];

  private final ReentrantLock settling = new ReentrantLock();

  private Tiers(CacheSize size, Optional<Path> disk) {
    this.size = size;
    Arrays.setAll(locks, i -> new Object());
    this.largest =
        disk.isPresent()
            ? size.disk() / DISK_PARTS
            : size.offheap() > 0 ? size.offheap() / DISK_PARTS : size.heap();
    StatisticsService service = new DefaultStatisticsService();
    CacheManagerBuilder<CacheManager> builder =
        CacheManagerBuilder.newCacheManagerBuilder()
            .using(service)
            .using(new EntrySizes(size.heap()));
    manager =
        disk.isEmpty()
            ? builder.build(true)
            : builder.with(CacheManagerBuilder.persistence(disk.get().toString())).build(true);
    try {
      CacheConfigurationBuilder<String, Entry> configuration =
          CacheConfigurationBuilder.newCacheConfigurationBuilder(
                  String.class, Entry.class, pools(size, disk.isPresent()))
              .withValueSerializer(new EntrySerializer())
              .withResilienceStrategy(new FailedTiers())
              .withEvictionAdvisor((name, entry) -> entry instanceof Entry.OfRun);
      entries =
          manager.createCache(
              NAME,
              disk.isEmpty()
                  ? configuration
                  : configuration.withService(new OffHeapDiskStoreConfiguration(DISK_PARTS)));
      statistics = service.getCacheStatistics(NAME).getTierStatistics();
    } catch (RuntimeException | Error unusable) {
      manager.close();
      throw unusable;
    }
  }

  /** Opens tiers in memory only. */
  static Tiers inMemory(CacheSize size) {
    return new Tiers(size, Optional.empty());
  }

  /** Opens tiers of which the lowest lies in a folder, with what it held when it was closed. */
  static Tiers onDisk(CacheSize size, Path folder) {
    return new Tiers(size, Optional.of(folder));
  }

  boolean isOnDisk() {
    return statistics.containsKey(DISK);
  }

  Optional<Entry> get(String name) {
    Optional<Entry> entry;
    synchronized (lock(name)) {
      entry = Optional.ofNullable(entries.get(name));
    }
    settle();
    return entry.filter(it -> it.name().equals(name));
  }

  /** Keeps an entry; one that would drive out most of the others is not kept. */
  void put(Entry entry) {
    if (entry.bytes() > largest) {
      return;
    }
    synchronized (lock(entry.name())) {
      entries.put(entry.name(), entry);
    }
    settle();
  }

  void remove(String name) {
    synchronized (lock(name)) {
      entries.remove(name);
    }
  }

  CacheStatistics.Tier heap() {
    return tier(HEAP, size.heap());
  }

  CacheStatistics.Tier offheap() {
    return tier(OFFHEAP, size.offheap());
  }

  CacheStatistics.Tier disk() {
    return tier(DISK, isOnDisk() ? size.disk() : 0);
  }

  /** Writes to disk what is not there yet, if there is a disk tier, and frees all memory. */
  @Override
  public void close() {
    manager.close();
  }

  /**
   * Evicts from the heap until it is within its bound.
   *
   * <p>Ehcache evicts at most two entries for one that comes, however large that is and however
   * small they are. So others come, which are almost nothing, until it has evicted enough.
   */
  private void settle() {
    // One thread does it for all: they would only fight over the entry.
    if (heapBytes() > size.heap() && settling.tryLock()) {
      try {
        for (int i = 0; i < MAX_EVICTIONS && isOverfull(); i++) {
          entries.put(Entry.Nothing.NOTHING.name(), Entry.Nothing.NOTHING);
          entries.get(Entry.Nothing.NOTHING.name());
        }
      } finally {
        settling.unlock();
      }
    }
  }

  /** A heap without entries has nothing to evict, even if Ehcache has lost count. */
  private boolean isOverfull() {
    return heapBytes() > size.heap() && value(HEAP, TierStatistics::getMappings) > 1;
  }

  private Object lock(String name) {
    return locks[Math.floorMod(name.hashCode(), LOCKS)];
  }

  private long heapBytes() {
    return value(HEAP, TierStatistics::getOccupiedByteSize);
  }

  private CacheStatistics.Tier tier(String tier, long max) {
    return new CacheStatistics.Tier(
        value(tier, TierStatistics::getMappings),
        value(tier, TierStatistics::getOccupiedByteSize),
        max,
        value(tier, TierStatistics::getEvictions));
  }

  private long value(String tier, ToLongFunction<TierStatistics> statistic) {
    TierStatistics values = statistics.get(tier);
    return values == null ? 0 : Math.max(0, statistic.applyAsLong(values));
  }

  private static ResourcePoolsBuilder pools(CacheSize size, boolean onDisk) {
    ResourcePoolsBuilder pools =
        ResourcePoolsBuilder.newResourcePoolsBuilder().heap(size.heap(), MemoryUnit.B);
    if (size.offheap() > 0) {
      pools = pools.offheap(size.offheap(), MemoryUnit.B);
    }
    return onDisk ? pools.disk(size.disk(), MemoryUnit.B, true) : pools;
  }
}
