package org.runmetrics.curve;

import org.runmetrics.series.Axis;

/** What a curve is drawn over. */
public sealed interface CurveAxis {

  /** The training step. */
  record Step() implements CurveAxis {}

  /** Epoch seconds. */
  record Time() implements CurveAxis {}

  /** Seconds since the run's first metrics event. */
  record Relative() implements CurveAxis {}

  /**
   * A metric, where it is a finite number in the same row.
   *
   * @param name the metric
   */
  record OfMetric(String name) implements CurveAxis {}

  /** Returns the axis of a name; one that is no other axis is a metric. */
  static CurveAxis of(String name) {
    return switch (name) {
      case "step" -> new Step();
      case "time" -> new Time();
      case "relative" -> new Relative();
      default -> new OfMetric(name);
    };
  }

  /** Returns the axis of the table that has the rows. */
  default Axis rows() {
    return this instanceof Time || this instanceof Relative ? Axis.EVENT_TIME : Axis.STEP;
  }
}
