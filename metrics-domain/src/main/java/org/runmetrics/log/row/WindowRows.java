package org.runmetrics.log.row;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Takes the rows of one window, as many as fit into an answer. */
final class WindowRows implements RowTaker {
  /** Of all rows together; a longer row still comes alone. */
  private static final int MAX_CHARACTERS = 4 << 20;

  private final long first;
  private final long end;
  private final boolean keepsLast;
  private final Deque<LogRow> rows = new ArrayDeque<>();
  private long characters;

  /**
   * Takes rows from one number to another.
   *
   * @param keepsLast whether those that do not fit are left out at the start, and not at the end
   */
  WindowRows(long first, long end, boolean keepsLast) {
    this.first = first;
    this.end = end;
    this.keepsLast = keepsLast;
  }

  @Override
  public boolean wants(long row) {
    return row >= first && row < end;
  }

  @Override
  public boolean take(LogRow row) {
    characters += row.text().length();
    if (characters > MAX_CHARACTERS && !keepsLast && !rows.isEmpty()) {
      return false;
    }
    rows.add(row);
    while (characters > MAX_CHARACTERS && rows.size() > 1) {
      characters -= rows.remove().text().length();
    }
    return row.row() < end - 1;
  }

  List<LogRow> rows() {
    return List.copyOf(rows);
  }
}
