package org.runmetrics.curve;

import org.runmetrics.json.Kind;
import org.runmetrics.series.column.Column;

/**
 * A part of a curve: rows whose places on the axis ascend.
 *
 * @param keys each row's place on the axis, which none lacks
 * @param origin what is taken from each place
 * @param values the metric's values; rows may lack one
 * @param from the first row
 * @param to the row after the last one
 */
record CurveSegment(Column keys, double origin, Column values, int from, int to) {

  /** Returns the place of a row. */
  double x(int row) {
    // Adding zero turns -0.0 into 0.0.
    return keys.number(row) - origin + 0.0;
  }

  /** Returns the first row at or after another that has a number, or the one after the last. */
  int nextNumber(int row) {
    int next = values.nextNumber(row);
    return next < values.length() ? Math.min(to, next) : to;
  }

  void addX(int row, Numbers target) {
    if (origin == 0 && keys.kind(row) == Kind.WHOLE) {
      target.whole(keys.whole(row));
    } else {
      target.decimal(x(row));
    }
  }

  /**
   * Adds the number of a row.
   *
   * @param whole whether integers are written as such; among decimals they are decimals
   */
  void addY(int row, boolean whole, Numbers target) {
    if (whole && values.kind(row) == Kind.WHOLE) {
      target.whole(values.whole(row));
    } else {
      target.decimal(values.number(row));
    }
  }

  /** Returns the rows whose places are in a range, both ends included. */
  CurveSegment within(double min, double max) {
    int first = min == Double.NEGATIVE_INFINITY ? from : rowAt(min);
    int behind = max == Double.POSITIVE_INFINITY ? to : rowAt(Math.nextUp(max));
    return new CurveSegment(keys, origin, values, first, Math.max(first, behind));
  }

  private int rowAt(double x) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (x(middle) < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
