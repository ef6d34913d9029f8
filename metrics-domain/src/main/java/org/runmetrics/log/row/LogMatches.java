package org.runmetrics.log.row;

import java.util.List;

/**
 * What a search found.
 *
 * @param matches the first of those rows that were asked for
 * @param count how many rows of the whole log match, of those that were looked at
 * @param complete whether all were looked at: a search ends when its time is up
 */
public record LogMatches(List<LogMatch> matches, long count, boolean complete) {
  /** Where there is no log yet. */
  public static final LogMatches NONE = new LogMatches(List.of(), 0, true);

  /** Keeps a list that never changes. */
  public LogMatches {
    matches = List.copyOf(matches);
  }
}
