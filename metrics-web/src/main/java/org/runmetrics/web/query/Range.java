package org.runmetrics.web.query;

/**
 * A range of an axis, both ends included.
 *
 * @param min the lower end, or minus infinity
 * @param max the upper end, or infinity
 */
record Range(double min, double max) {
  static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
}
