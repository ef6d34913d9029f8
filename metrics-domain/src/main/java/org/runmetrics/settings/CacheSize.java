package org.runmetrics.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * How much the cache of series may take, in bytes.
 *
 * @param heap on the heap, above 0; a quarter of it by default, and at most half of the tier below
 * @param offheap in memory outside of the heap; 0 for none, the default, else more than on the heap
 * @param disk on disk; 0 for none, the default, else more than in either memory
 */
public record CacheSize(long heap, long offheap, long disk) {

  /** Returns a size on the heap alone. */
  public static CacheSize ofHeap(long heap) {
    return new CacheSize(heap, 0, 0);
  }

  static CacheSize from(Function<String, Optional<String>> values) {
    Optional<Long> heap = size(values, "metrics.cache.heap");
    long offheap = size(values, "metrics.cache.offheap").orElse(0L);
    long disk = size(values, "metrics.cache.disk").orElse(0L);
    checkAbove("metrics.cache.offheap", offheap, "metrics.cache.heap", heap.orElse(0L));
    checkAbove("metrics.cache.disk", disk, "metrics.cache.heap", heap.orElse(0L));
    checkAbove("metrics.cache.disk", disk, "metrics.cache.offheap", offheap);
    return new CacheSize(heap.orElseGet(() -> defaultHeap(offheap, disk)), offheap, disk);
  }

  /** A lower tier holds copies of all that the tiers above it hold. */
  private static void checkAbove(String lower, long size, String upper, long upperSize) {
    if (size > 0 && size <= upperSize) {
      throw new IllegalArgumentException(
          lower + " must be larger than " + upper + ", or not be set");
    }
  }

  private static long defaultHeap(long offheap, long disk) {
    long below = offheap > 0 ? offheap : disk > 0 ? disk : Long.MAX_VALUE;
    return Math.max(1, Math.min(Runtime.getRuntime().maxMemory() / 4, below / 2));
  }

  private static Optional<Long> size(Function<String, Optional<String>> values, String name) {
    return values.apply(name).map(size -> ByteSize.parse(name, size));
  }
}
