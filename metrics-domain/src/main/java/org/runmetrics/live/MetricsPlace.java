package org.runmetrics.live;

import org.runmetrics.series.Position;

/**
 * How far a listener was told of a run.
 *
 * @param position how far in the file of events
 * @param status the last status it was told
 */
public record MetricsPlace(Position position, String status) {
  /** What a listener takes for granted. */
  private static final String RUNNING = "running";

  /** Returns the place of somebody who read up to a position and was told no status. */
  static MetricsPlace of(Position position) {
    return new MetricsPlace(position, RUNNING);
  }
}
