package org.runmetrics.run;

import java.util.Optional;

/**
 * The id of a run: the name of its directory, a single path segment.
 *
 * <p>An id is only ever compared with names that were found on disk; it is never resolved against a
 * path.
 */
public record RunId(String value) {

  /** Rejects what is no single path segment; see {@link #parse}. */
  public RunId {
    if (!isSegment(value)) {
      throw new IllegalArgumentException("A run id is a single path segment");
    }
  }

  /** Returns the id that a client named, or nothing if no directory can have that name. */
  public static Optional<RunId> parse(String value) {
    return isSegment(value) ? Optional.of(new RunId(value)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isSegment(String value) {
    return !value.isEmpty()
        && !value.equals(".")
        && !value.equals("..")
        && value.indexOf('/') < 0
        && value.indexOf('\\') < 0
        && value.indexOf('\0') < 0;
  }
}
