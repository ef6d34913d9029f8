package org.runmetrics.web.summary;

import jakarta.ws.rs.core.UriInfo;
import org.runmetrics.series.Axis;
import org.runmetrics.web.query.Names;
import org.runmetrics.web.query.Parameters;

/**
 * The stages of which runs a request wants.
 *
 * @param runs ids, at least one
 * @param metric the metric that names the stage
 * @param axis where the stages lie: {@code step}, {@code time} or {@code relative}
 */
record StagesQuery(Names runs, String metric, String axis) {

  /** Reads the parameters of a request. */
  static StagesQuery of(UriInfo uri) {
    Parameters parameters = Parameters.of(uri, "runs", "metric", "axis");
    return new StagesQuery(
        parameters.runs("runs"),
        parameters.text("metric").orElse("stage"),
        parameters.choice("axis", "step", "time", "relative"));
  }

  Axis rows() {
    return axis.equals("step") ? Axis.STEP : Axis.EVENT_TIME;
  }

  /** Returns whether places are told from the first event of each run on. */
  boolean fromStart() {
    return axis.equals("relative");
  }
}
