package org.runmetrics.series;

import org.runmetrics.series.column.Column;

/**
 * Where the rows of a segment lie on an axis.
 *
 * @param count rows that have a value on the axis
 * @param min the smallest key; meaningless without rows
 * @param max the largest key; meaningless without rows
 * @param order in which order the rows come
 */
public record KeyRange(int count, long min, long max, Order order) {

  /** How the keys of a segment's rows follow each other. */
  public enum Order {
    /** Each lies after the one before it. */
    ASCENDING,
    /** None lies in front of the one before it, and some are equal. */
    REPEATING,
    /** Some lie in front of the one before them. */
    MIXED
  }

  static KeyRange of(Segment segment, Axis axis) {
    Column column = axis.column(segment);
    int count = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    long last = 0;
    boolean repeating = false;
    boolean mixed = false;
    for (int row = 0; row < column.length(); row++) {
      if (column.has(row)) {
        long key = axis.key(column, row);
        repeating |= count > 0 && key == last;
        mixed |= count > 0 && key < last;
        min = Math.min(min, key);
        max = Math.max(max, key);
        last = key;
        count++;
      }
    }
    return new KeyRange(count, min, max, order(repeating, mixed));
  }

  private static Order order(boolean repeating, boolean mixed) {
    if (mixed) {
      return Order.MIXED;
    }
    return repeating ? Order.REPEATING : Order.ASCENDING;
  }
}
