package org.runmetrics.live;

import java.util.Optional;
import org.runmetrics.series.Position;

/**
 * How far a listener has heard of a run.
 *
 * @param position how far in the file of events
 * @param status the status that it heard last, nothing if that is not known
 */
public record MetricsPlace(Position position, Optional<String> status) {

  /** Returns the place of somebody who read up to a position and takes the run to be running. */
  public static MetricsPlace of(Position position) {
    return new MetricsPlace(position, Optional.of("running"));
  }

  /** Returns the place of somebody who comes back and may have heard anything. */
  public static MetricsPlace back(Position position) {
    return new MetricsPlace(position, Optional.empty());
  }
}
