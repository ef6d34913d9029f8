package org.runmetrics.cache;

import org.ehcache.config.ResourceUnit;
import org.ehcache.core.spi.store.Store.ValueHolder;
import org.ehcache.core.spi.store.heap.LimitExceededException;
import org.ehcache.core.spi.store.heap.SizeOfEngine;
import org.ehcache.core.spi.store.heap.SizeOfEngineProvider;
import org.ehcache.spi.service.Service;
import org.ehcache.spi.service.ServiceConfiguration;
import org.ehcache.spi.service.ServiceProvider;

/**
 * Tells Ehcache the bytes of entries on the heap.
 *
 * <p>Ehcache's own engine walks objects with {@code sun.misc.Unsafe}, which newer JDKs withdraw;
 * entries know their size. The interface is marked deprecated since Ehcache means to drop sizing of
 * the heap in bytes one day, not since there is another.
 *
 * @param max bytes of the heap tier; what is larger is not held there
 */
@SuppressWarnings("deprecation")
record EntrySizes(long max) implements SizeOfEngineProvider {

  @Override
  public SizeOfEngine createSizeOfEngine(
      ResourceUnit unit, ServiceConfiguration<?, ?>... configurations) {
    return new SizeOfEngine() {
      @Override
      public <K, V> long sizeof(K key, ValueHolder<V> holder) throws LimitExceededException {
        long bytes = ((Entry) holder.get()).bytes();
        if (bytes > max) {
          throw new LimitExceededException("An entry is larger than metrics.cache.heap: " + key);
        }
        return bytes;
      }
    };
  }

  @Override
  public void start(ServiceProvider<Service> services) {
    // Needs no other service.
  }

  @Override
  public void stop() {
    // Holds nothing.
  }
}
