package org.runmetrics.web.summary;

import jakarta.ws.rs.core.UriInfo;
import org.runmetrics.web.query.Names;
import org.runmetrics.web.query.Parameters;

/**
 * Which metrics of which runs a request wants in a few numbers.
 *
 * @param runs ids, at least one
 * @param metrics names or patterns; none for all
 */
record SummaryQuery(Names runs, Names metrics) {

  /** Reads the parameters of a request. */
  static SummaryQuery of(UriInfo uri) {
    Parameters parameters = Parameters.of(uri, "runs", "metrics");
    return new SummaryQuery(parameters.runs("runs"), parameters.names("metrics").withFewPatterns());
  }
}
