package org.runmetrics.web.operation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.run.index.RunCatalog;

/** Whether requests are to be sent to this server; cheap enough to ask every second. */
@Singleton
public class Readiness {
  private final RunCatalog catalog;
  private final SeriesCache cache;
  private final Stop stop;

  /** Asks these parts. */
  @Inject
  public Readiness(RunCatalog catalog, SeriesCache cache, Stop stop) {
    this.catalog = catalog;
    this.cache = cache;
    this.stop = stop;
  }

  /**
   * Takes note that a load balancer asks: a stop gives it time to learn of that. Those that only
   * watch, such as who reads the figures, send no requests elsewhere.
   */
  public void probed() {
    stop.probed();
  }

  /** Returns whether the server has been asked to stop. */
  public boolean isStopping() {
    return stop.isAsked();
  }

  /** Returns whether the storage root can be read now. */
  public boolean isStorageReadable() {
    return catalog.isReadable();
  }

  /** Returns whether a tier of the cache can be used. */
  public boolean isCacheUsable() {
    return cache.isUsable();
  }

  /** Returns whether all of this is well. */
  public boolean isReady() {
    return !isStopping() && isStorageReadable() && isCacheUsable();
  }
}
