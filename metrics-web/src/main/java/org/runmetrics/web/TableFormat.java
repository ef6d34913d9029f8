package org.runmetrics.web;

/**
 * How a table is written.
 *
 * @param missingAsNull whether a metric that a row lacks is written as null, not left out
 * @param nonfiniteAsString whether NaN and infinities are written as strings, not as null
 */
record TableFormat(boolean missingAsNull, boolean nonfiniteAsString) {

  /** Reads the parameters of a request, of which each may be missing. */
  static TableFormat of(String missing, String nonfinite) {
    return new TableFormat(
        choice("missing", missing, "absent", "null"),
        choice("nonfinite", nonfinite, "null", "string"));
  }

  private static boolean choice(String name, String value, String byDefault, String other) {
    if (value == null || value.equals(byDefault)) {
      return false;
    }
    if (value.equals(other)) {
      return true;
    }
    throw Problem.badRequest(name + " must be " + byDefault + " or " + other + ", not " + value);
  }
}
