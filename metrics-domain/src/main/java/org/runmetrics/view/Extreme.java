package org.runmetrics.view;

import org.runmetrics.json.Kind;
import org.runmetrics.series.column.Aggregate;
import org.runmetrics.series.column.Column;

/** The first row that holds the smallest, or the largest, finite number of some rows. */
final class Extreme {
  private final boolean smallest;
  private double number;
  private Column column = Column.empty();
  private int columnRow;
  private long row;
  private boolean found;

  Extreme(boolean smallest) {
    this.smallest = smallest;
  }

  void clear() {
    found = false;
  }

  /** Returns whether there was a finite number. */
  boolean isFound() {
    return found;
  }

  /** Returns the number of the row in the table. */
  long row() {
    return row;
  }

  /** Returns the column that holds the number. */
  Column column() {
    return column;
  }

  /** Returns the number of the row in the column. */
  int columnRow() {
    return columnRow;
  }

  /**
   * Takes rows of a column into account that come after those before.
   *
   * @param aggregate what the column holds there
   * @param base the number of the column's first row in the table
   */
  void add(Column source, int from, int to, Aggregate aggregate, long base) {
    if (aggregate.finite() == 0) {
      return;
    }
    double candidate = smallest ? aggregate.min() : aggregate.max();
    boolean mayBeBetter =
        !found
            || (smallest ? candidate < number : candidate > number)
            || (candidate == number && Math.abs(number) >= Aggregate.MAX_EXACT);
    if (!mayBeBetter) {
      return;
    }
    int candidateRow = source.rowOf(from, to, smallest, candidate);
    if (!found || candidate != number || isBeyond(source, candidateRow)) {
      number = candidate;
      column = source;
      columnRow = candidateRow;
      row = base + candidateRow;
      found = true;
    }
  }

  /** Tells integers apart whose doubles are the same. */
  private boolean isBeyond(Column source, int candidate) {
    if (source.kind(candidate) != Kind.WHOLE || column.kind(columnRow) != Kind.WHOLE) {
      return false;
    }
    int order = Long.compare(source.whole(candidate), column.whole(columnRow));
    return smallest ? order < 0 : order > 0;
  }
}
