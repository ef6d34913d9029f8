package org.runmetrics.cache;

/**
 * What the cache has done since it started, and what it holds now.
 *
 * @param hits queries of an unchanged run
 * @param loads runs read from their start
 * @param updates runs of which only what was added was read
 * @param bytesRead bytes read of event files
 * @param linesRead lines read of event files
 * @param linesSkipped those of them that hold no valid event
 * @param readSeconds how long requests read event files, in sum
 * @param loadsUnderWay runs that are being read now
 * @param segmentReloads segments read again since no tier held them any more
 * @param heap what is on the heap
 * @param offheap what is in memory outside of the heap
 * @param disk what is on disk
 */
public record CacheStatistics(
    long hits,
    long loads,
    long updates,
    long bytesRead,
    long linesRead,
    long linesSkipped,
    double readSeconds,
    int loadsUnderWay,
    long segmentReloads,
    Tier heap,
    Tier offheap,
    Tier disk) {

  /**
   * What a tier holds.
   *
   * @param entries segments, and what is known of runs
   * @param bytes what they take
   * @param maxBytes what they may take; 0 where there is no such tier
   * @param evictions how many have left it for want of room
   */
  public record Tier(long entries, long bytes, long maxBytes, long evictions) {

    /** Returns how many entries of the present average size the tier has room for. */
    public long maxEntries() {
      return bytes == 0 ? 0 : (long) (entries * ((double) maxBytes / bytes));
    }
  }

  /** Returns the share of queries that read nothing, from 0 to 1. */
  public double hitRate() {
    long queries = hits + loads + updates;
    return queries == 0 ? 0 : (double) hits / queries;
  }
}
