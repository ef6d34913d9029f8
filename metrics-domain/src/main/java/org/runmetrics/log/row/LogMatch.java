package org.runmetrics.log.row;

import java.util.List;

/**
 * A row that holds what was searched for.
 *
 * @param row the row
 * @param at where, in its text without colours; pieces without a character are left out
 */
public record LogMatch(LogRow row, List<Span> at) {

  /**
   * A piece of a text.
   *
   * @param start where it starts, in characters of UTF-16
   * @param end where the text goes on after it
   */
  public record Span(int start, int end) {}

  /** Keeps a list that never changes. */
  public LogMatch {
    at = List.copyOf(at);
  }
}
