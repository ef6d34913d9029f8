package org.runmetrics.curve;

/**
 * A value of a curve.
 *
 * @param segment where it is
 * @param row its row there
 */
record Place(CurveSegment segment, int row) {
  double x() {
    return segment.x(row);
  }

  double y() {
    return segment.values().number(row);
  }
}
