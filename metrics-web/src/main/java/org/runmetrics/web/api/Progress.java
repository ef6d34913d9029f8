package org.runmetrics.web.api;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.run.RunInfo;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Series;

/**
 * How far a run is; whatever is not known is left out.
 *
 * @param status the tracker's word for the run's state
 * @param step the largest step
 * @param totalSteps the steps that the run said it would take
 * @param elapsedSeconds from the run's start to its end, or to now while it runs
 * @param etaSeconds seconds until the last step at the pace so far, while it runs
 * @param lastEventAgeSeconds seconds since the latest event
 */
record Progress(
    String status,
    OptionalLong step,
    OptionalLong totalSteps,
    OptionalDouble elapsedSeconds,
    OptionalDouble etaSeconds,
    OptionalDouble lastEventAgeSeconds) {

  static Progress of(RunInfo run, Series series, Instant now) {
    OptionalDouble lastEvent = Elapsed.time(series.max(Axis.TIME));
    OptionalDouble elapsed = Elapsed.seconds(run, series, now);
    OptionalLong step = series.lastStep();
    return new Progress(
        run.status().status(),
        step,
        run.totalSteps(),
        elapsed,
        run.status().isRunning() ? eta(step, run.totalSteps(), elapsed) : OptionalDouble.empty(),
        lastEvent.isPresent()
            ? OptionalDouble.of(Math.max(0, Elapsed.epochSeconds(now) - lastEvent.getAsDouble()))
            : OptionalDouble.empty());
  }

  JsonObject json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("available", step.isPresent()).add("status", status);
    step.ifPresent(value -> json.add("step", value));
    totalSteps.ifPresent(value -> json.add("total_steps", value));
    percent().ifPresent(value -> json.add("percent", value));
    elapsedSeconds.ifPresent(value -> json.add("elapsed_seconds", value));
    etaSeconds.ifPresent(value -> json.add("eta_seconds", value));
    lastEventAgeSeconds.ifPresent(value -> json.add("last_event_age_seconds", value));
    return json.build();
  }

  private OptionalDouble percent() {
    return step.isPresent() && totalSteps.isPresent()
        ? OptionalDouble.of(
            Math.min(100, Math.max(0, 100.0 * step.getAsLong() / totalSteps.getAsLong())))
        : OptionalDouble.empty();
  }

  private static OptionalDouble eta(
      OptionalLong step, OptionalLong totalSteps, OptionalDouble elapsed) {
    if (step.isEmpty() || step.getAsLong() <= 0 || totalSteps.isEmpty() || elapsed.isEmpty()) {
      return OptionalDouble.empty();
    }
    double left = Math.max(0, totalSteps.getAsLong() - step.getAsLong());
    return OptionalDouble.of(elapsed.getAsDouble() * left / step.getAsLong());
  }
}
