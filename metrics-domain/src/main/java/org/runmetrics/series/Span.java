package org.runmetrics.series;

/**
 * Where the rows of a segment lie on an axis.
 *
 * @param count rows that have a value on the axis
 * @param min the smallest key; meaningless without rows
 * @param max the largest key; meaningless without rows
 * @param ascending whether each of these rows lies behind the one before it
 */
public record Span(int count, long min, long max, boolean ascending) {

  static Span of(Segment segment, Axis axis) {
    int count = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    boolean ascending = true;
    for (int row = 0; row < segment.rows(); row++) {
      if (axis.has(segment, row)) {
        long key = axis.key(segment, row);
        ascending &= count == 0 || key > max;
        min = Math.min(min, key);
        max = Math.max(max, key);
        count++;
      }
    }
    return new Span(count, min, max, ascending);
  }
}
