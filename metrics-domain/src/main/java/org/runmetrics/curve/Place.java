package org.runmetrics.curve;

/**
 * A value of a curve.
 *
 * @param piece where it is
 * @param row its row there
 */
record Place(Piece piece, int row) {
  double x() {
    return piece.x(row);
  }

  double y() {
    return piece.values().number(row);
  }
}
