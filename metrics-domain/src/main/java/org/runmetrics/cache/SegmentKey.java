package org.runmetrics.cache;

import org.runmetrics.series.Axis;

/**
 * Names a segment in the cache.
 *
 * @param generation a random number for each time that a file is read from its start; a file that
 *     was replaced never meets its former segments, nor those of another process
 * @param rows what the segment's rows are
 * @param from byte offset where the segment's lines start
 * @param to byte offset after its last line
 */
record SegmentKey(long generation, Rows rows, long from, long to) {

  /** What the rows of a segment are. */
  enum Rows {
    /** Events in the order of the file. */
    EVENTS,
    /** Events merged by their steps. */
    STEPS,
    /** Events merged by their times. */
    TIMES,
    /** Events in the order of their times. */
    EVENTS_BY_TIME;

    /** Returns what the rows are of a segment that was put in the order of an axis. */
    static Rows by(Axis axis) {
      return switch (axis) {
        case STEP -> STEPS;
        case TIME -> TIMES;
        case EVENT_TIME -> EVENTS_BY_TIME;
      };
    }
  }

  /**
   * Returns the name, which every tier can hold.
   *
   * <p>Merged segments of a file that grows take each other's place.
   */
  String name() {
    return rows == Rows.EVENTS
        ? "segment:" + generation + ":" + from + "-" + to
        : "merged:" + generation + ":" + rows + ":" + from;
  }
}
