package org.runmetrics.cache;

/**
 * Names a segment in the cache.
 *
 * @param generation counts the times that any file was read from its start; a file that was
 *     replaced never meets its former segments
 * @param from byte offset where the segment's lines start
 * @param to byte offset behind its last line
 */
record SegmentKey(long generation, long from, long to) {

  /** Returns the name, which every tier can hold. */
  String name() {
    return generation + ":" + from + "-" + to;
  }
}
