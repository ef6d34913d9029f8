package org.runmetrics.curve;

/**
 * A value of a curve.
 *
 * @param segment where it is
 * @param index which of the curve's segments that is
 * @param row its row there
 */
record Place(CurveSegment segment, int index, int row) {
  double x() {
    return segment.x(row);
  }

  double y() {
    return segment.values().number(row);
  }

  /** Returns whether it comes before another place of the curve. */
  boolean isBefore(Place other) {
    return index == other.index ? row < other.row : index < other.index;
  }
}
