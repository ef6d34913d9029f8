package org.runmetrics.cache;

/**
 * What the cache has done since it started.
 *
 * @param hits queries of an unchanged run
 * @param loads runs read from their start
 * @param updates runs of which only what was added was read
 * @param bytesRead bytes read of event files
 * @param linesRead lines read of event files
 * @param segments segments on the heap now
 * @param maxSegments segments that the heap may hold
 * @param segmentReloads segments read again since no tier held them any more
 */
public record CacheStatistics(
    long hits,
    long loads,
    long updates,
    long bytesRead,
    long linesRead,
    long segments,
    long maxSegments,
    long segmentReloads) {

  /** Returns the share of queries that read nothing, from 0 to 1. */
  public double hitRate() {
    long queries = hits + loads + updates;
    return queries == 0 ? 0 : (double) hits / queries;
  }
}
