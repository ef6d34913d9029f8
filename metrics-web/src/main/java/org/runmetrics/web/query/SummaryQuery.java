package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;

/**
 * Which metrics of which runs a request wants in a few numbers.
 *
 * @param runs ids, at least one
 * @param metrics names or patterns; none for all
 */
public record SummaryQuery(Names runs, Names metrics) {

  /** Reads the parameters of a request. */
  public static SummaryQuery of(UriInfo uri) {
    Parameters parameters = Parameters.of(uri, "runs", "metrics");
    return new SummaryQuery(parameters.runs("runs"), parameters.names("metrics"));
  }
}
