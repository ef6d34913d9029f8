package org.runmetrics.cache;

/**
 * Names a segment in the cache.
 *
 * @param generation a random number for each time that a file is read from its start; a file that
 *     was replaced never meets its former segments, nor those of another process
 * @param from byte offset where the segment's lines start
 * @param to byte offset behind its last line
 */
record SegmentKey(long generation, long from, long to) {

  /** Returns the name, which every tier can hold. */
  String name() {
    return "segment:" + generation + ":" + from + "-" + to;
  }
}
