package org.runmetrics.web;

/**
 * How a table is written.
 *
 * @param missingAsNull whether a metric that a row lacks is written as null, not left out
 * @param nonfiniteAsString whether NaN and infinities are written as strings, not as null
 */
record TableFormat(boolean missingAsNull, boolean nonfiniteAsString) {

  /** Reads the parameters of a request. */
  static TableFormat of(Parameters parameters) {
    return new TableFormat(
        parameters.choice("missing", "absent", "null").equals("null"),
        parameters.choice("nonfinite", "null", "string").equals("string"));
  }
}
