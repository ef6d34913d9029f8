package org.runmetrics.series;

import org.runmetrics.event.Event;
import org.runmetrics.json.Json;

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

  /** Returns the metric with one more value. */
  Metric with(Event.Metrics event, Json.Scalar value) {
    boolean decimal = value instanceof Json.Decimal;
    boolean number = decimal || value instanceof Json.Whole;
    Metric grown =
        new Metric(
            name,
            whole && !decimal,
            onStep || event.step().isPresent(),
            onTime || (number && event.time().isPresent()));
    return grown.equals(this) ? this : grown;
  }

  /** Tells whether a table over an axis has a column for the metric. */
  public boolean isOn(Axis axis) {
    return axis == Axis.STEP ? onStep : onTime && !name.equals(Axis.TIME.columnName());
  }
}
