package org.runmetrics.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * How much the cache of series may take, in bytes.
 *
 * @param heap on the heap, above 0; a quarter of it by default
 * @param offheap in memory outside of the heap; 0 for none, the default
 * @param disk in a temporary folder; 0 for none, the default, else more than off the heap
 */
public record CacheSize(long heap, long offheap, long disk) {

  /** Returns a size on the heap alone. */
  public static CacheSize ofHeap(long heap) {
    return new CacheSize(heap, 0, 0);
  }

  static CacheSize from(Function<String, Optional<String>> values) {
    long heap =
        size(values, "metrics.cache.heap").orElseGet(() -> Runtime.getRuntime().maxMemory() / 4);
    long offheap = size(values, "metrics.cache.offheap").orElse(0L);
    long disk = size(values, "metrics.cache.disk").orElse(0L);
    if (disk > 0 && disk <= offheap) {
      throw new IllegalArgumentException(
          "metrics.cache.disk must be larger than metrics.cache.offheap, or not be set");
    }
    return new CacheSize(heap, offheap, disk);
  }

  private static Optional<Long> size(Function<String, Optional<String>> values, String name) {
    return values.apply(name).map(size -> ByteSize.parse(name, size));
  }
}
