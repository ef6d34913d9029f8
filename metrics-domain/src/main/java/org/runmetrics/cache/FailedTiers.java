package org.runmetrics.cache;

import java.util.Map;
import org.ehcache.Cache;
import org.ehcache.spi.resilience.ResilienceStrategy;
import org.ehcache.spi.resilience.StoreAccessException;

/**
 * Reports failures inside of Ehcache instead of going on with what failed.
 *
 * <p>By default Ehcache removes the entry and tries again with the next. Where files are damaged it
 * then allocates arrays of whatever length it reads there, time and again.
 */
final class FailedTiers implements ResilienceStrategy<String, Entry> {

  @Override
  public Entry getFailure(String name, StoreAccessException failure) {
    throw report(failure);
  }

  /** An entry for which there is no room, not even after others were evicted, is just not held. */
  @Override
  public void putFailure(String name, Entry entry, StoreAccessException failure) {
    if (!isForWantOfRoom(failure)) {
      throw report(failure);
    }
  }

  @Override
  public void removeFailure(String name, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public boolean containsKeyFailure(String name, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public void clearFailure(StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public Cache.Entry<String, Entry> iteratorFailure(StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public Entry putIfAbsentFailure(String name, Entry entry, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public boolean removeFailure(String name, Entry entry, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public Entry replaceFailure(String name, Entry entry, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public boolean replaceFailure(String name, Entry old, Entry entry, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public Map<String, Entry> getAllFailure(
      Iterable<? extends String> names, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public void putAllFailure(
      Map<? extends String, ? extends Entry> entries, StoreAccessException failure) {
    throw report(failure);
  }

  @Override
  public void removeAllFailure(Iterable<? extends String> names, StoreAccessException failure) {
    throw report(failure);
  }

  private static IllegalStateException report(StoreAccessException failure) {
    return new IllegalStateException("The cache cannot be read or written", failure);
  }

  /** The exception's class is a private copy of Ehcache's, so only its name can be asked for. */
  private static boolean isForWantOfRoom(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getSimpleName().equals("OversizeMappingException")) {
        return true;
      }
    }
    return false;
  }
}
