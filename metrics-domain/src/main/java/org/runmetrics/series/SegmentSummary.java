package org.runmetrics.series;

/**
 * What is known of a segment without having it at hand.
 *
 * @param from byte offset in the file where the line of its first row starts
 * @param to byte offset after the line of its last row
 * @param rows number of its events
 * @param steps its rows by step
 * @param times its rows by time
 */
public record SegmentSummary(long from, long to, int rows, KeyRange steps, KeyRange times) {

  /** Summarizes a segment made of the lines between two offsets. */
  public static SegmentSummary of(Segment segment, long from, long to) {
    return new SegmentSummary(
        from, to, segment.rows(), KeyRange.of(segment, Axis.STEP), KeyRange.of(segment, Axis.TIME));
  }

  /** Returns where the rows lie on an axis. */
  public KeyRange keys(Axis axis) {
    return axis == Axis.STEP ? steps : times;
  }
}
