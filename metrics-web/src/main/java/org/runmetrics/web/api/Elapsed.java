package org.runmetrics.web.api;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.run.RunInfo;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Series;

/** How long a run took. */
final class Elapsed {
  private static final double MICROSECONDS = 1e6;

  private Elapsed() {}

  /**
   * Returns the seconds from a run's start to its end, or to now while it runs.
   *
   * <p>A run that does not say when it started, or ended, is taken to have done so with its first,
   * or last, event.
   */
  static OptionalDouble seconds(RunInfo run, Series series, Instant now) {
    OptionalDouble start = orTime(run.status().startedAt(), series.min(Axis.TIME));
    OptionalDouble end =
        run.status().isRunning()
            ? OptionalDouble.of(epochSeconds(now))
            : orTime(run.status().endedAt(), series.max(Axis.TIME));
    if (start.isEmpty() || end.isEmpty()) {
      return OptionalDouble.empty();
    }
    double seconds = Math.max(0, end.getAsDouble() - start.getAsDouble());
    // Epoch seconds as doubles are good for microseconds, and their difference would show more.
    double shown = Math.rint(seconds * MICROSECONDS) / MICROSECONDS;
    return Double.isFinite(shown) ? OptionalDouble.of(shown) : OptionalDouble.empty();
  }

  static double epochSeconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  /** Returns the time of a key on the axis of time. */
  static OptionalDouble time(OptionalLong key) {
    return key.isPresent()
        ? OptionalDouble.of(Axis.timeOfKey(key.getAsLong()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble orTime(OptionalDouble told, OptionalLong key) {
    return told.isPresent() ? told : time(key);
  }
}
