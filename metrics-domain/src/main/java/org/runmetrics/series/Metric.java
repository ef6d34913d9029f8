package org.runmetrics.series;

import org.runmetrics.json.Kind;

/**
 * A name that a run logged values under.
 *
 * @param name the name
 * @param whole whether every number logged is an integer
 * @param onStep whether a value was logged together with a step
 * @param onTime whether a number was logged together with a time
 */
public record Metric(String name, boolean whole, boolean onStep, boolean onTime) {

  /** Starts a metric that has no value yet. */
  static Metric named(String name) {
    return new Metric(name, true, false, false);
  }

  /** Returns the metric with a segment's values as well. */
  Metric with(Segment segment, Column column) {
    boolean allWhole = whole;
    boolean anyOnStep = onStep;
    boolean anyOnTime = onTime;
    for (int row = 0; row < column.length(); row++) {
      Kind kind = column.kind(row);
      allWhole &= kind != Kind.DECIMAL || isHuge(column.number(row));
      anyOnStep |= kind != Kind.ABSENT && Axis.STEP.has(segment, row);
      anyOnTime |= kind.isNumber() && Axis.TIME.has(segment, row);
    }
    return new Metric(name, allWhole, anyOnStep, anyOnTime);
  }

  /** Integers beyond 64 bits are kept as doubles, and every double of that size is an integer. */
  private static boolean isHuge(double number) {
    return Double.isFinite(number) && Math.abs(number) >= 0x1p63;
  }

  /** Tells whether a table over an axis has a column for the metric. */
  public boolean isOn(Axis axis) {
    return axis == Axis.STEP ? onStep : onTime && !name.equals(Axis.TIME.columnName());
  }
}
