package org.runmetrics.series;

import org.runmetrics.series.column.Column;

/**
 * A name that a run logged values under.
 *
 * @param name the name
 * @param whole whether every number logged is an integer
 * @param numeric whether a number was logged
 * @param onStep whether a value was logged together with a step
 * @param onTime whether a number was logged together with a time
 */
public record Metric(String name, boolean whole, boolean numeric, boolean onStep, boolean onTime) {

  /** Returns what a segment tells of one of its metrics. */
  static Metric of(String name, Segment segment, Column column) {
    return new Metric(
        name,
        column.isWhole(),
        column.hasNumber(),
        isOn(segment.steps(), column),
        isNumberOn(segment, column));
  }

  /** Returns the metric with what another part of the file tells of it. */
  Metric with(Metric other) {
    return new Metric(
        name,
        whole && other.whole,
        numeric || other.numeric,
        onStep || other.onStep,
        onTime || other.onTime);
  }

  /** Returns whether a table over an axis has a column for the metric. */
  public boolean isOn(Axis axis) {
    return axis == Axis.STEP ? onStep : onTime && !name.equals(Axis.TIME.columnName());
  }

  private static boolean isOn(Column axis, Column column) {
    if (axis.isDense() && axis.length() >= column.length()) {
      return column.count() > 0;
    }
    for (int row = 0; row < column.length(); row++) {
      if (column.has(row) && axis.has(row)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumberOn(Segment segment, Column column) {
    Column times = segment.times();
    if (times.isDense() && times.length() >= column.length()) {
      return column.hasNumber();
    }
    for (int row = 0; row < column.length(); row++) {
      if (times.has(row) && column.kind(row).isNumber()) {
        return true;
      }
    }
    return false;
  }
}
