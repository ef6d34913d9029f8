package org.runmetrics.web.log;

import jakarta.ws.rs.core.UriInfo;
import org.runmetrics.web.query.Parameters;

/**
 * Which rows of a log a request wants.
 *
 * @param row the first one, or below zero how many rows before the end it is
 * @param rows how many at most
 */
record WindowQuery(long row, int rows) {
  private static final int MAX_ROWS = 2000;
  private static final int DEFAULT_ROWS = 200;

  /** Reads the parameters of a request; by default the last rows are wanted. */
  static WindowQuery of(UriInfo uri) {
    Parameters parameters = Parameters.of(uri, "row", "rows");
    int rows = parameters.integer("rows", 1, MAX_ROWS).orElse(DEFAULT_ROWS);
    long row = parameters.whole("row").orElse(-rows);
    // No log has that many rows; sums with them stay in range.
    return new WindowQuery(Math.max(-Long.MAX_VALUE / 2, Math.min(Long.MAX_VALUE / 2, row)), rows);
  }
}
