package org.runmetrics.log.row;

import java.util.List;

/**
 * Some rows of a log, one after the other.
 *
 * @param row the number of the first one
 * @param total how many rows the whole log has
 * @param counted whether these numbers are exact; those of a long log that was not read yet are
 *     estimated
 * @param rows these rows
 * @param offset byte offset where a reader goes on that has seen them
 * @param size bytes of the log
 */
public record LogWindow(
    long row, long total, boolean counted, List<LogRow> rows, long offset, long size) {
  /** Where there is no log yet. */
  public static final LogWindow EMPTY = new LogWindow(0, 0, true, List.of(), 0, 0);

  /** Keeps a list that never changes. */
  public LogWindow {
    rows = List.copyOf(rows);
  }
}
