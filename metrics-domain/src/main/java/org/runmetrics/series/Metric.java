package org.runmetrics.series;

import org.runmetrics.json.Kind;

/**
 * A name that a run logged values under.
 *
 * @param name the name
 * @param whole whether every number logged is an integer of 64 bits
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
      allWhole &= kind != Kind.DECIMAL;
      anyOnStep |= kind != Kind.ABSENT && Axis.STEP.has(segment, row);
      anyOnTime |= kind.isNumber() && Axis.TIME.has(segment, row);
    }
    return new Metric(name, allWhole, anyOnStep, anyOnTime);
  }

  /** Tells whether a table over an axis has a column for the metric. */
  public boolean isOn(Axis axis) {
    return axis == Axis.STEP ? onStep : onTime && !name.equals(Axis.TIME.columnName());
  }
}
