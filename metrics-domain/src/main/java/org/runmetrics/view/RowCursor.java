package org.runmetrics.view;

import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Column;

/**
 * Walks over the rows of a table, and over the cells of each.
 *
 * <p>Call {@link #next()} for each row, then {@link #seek(int)} for each cell. Not safe for use by
 * several threads.
 */
public abstract sealed class RowCursor permits FileOrderCursor, MergingCursor {
  private final Axis axis;
  private Column column = Column.empty();
  private int row;

  RowCursor(Axis axis) {
    this.axis = axis;
  }

  /** Moves to the next row and returns whether there is one. */
  public abstract boolean next();

  /** Returns the row's key on the axis. */
  public abstract long key();

  /**
   * Moves to a metric's cell and returns what it holds.
   *
   * @param metric the metric's place in {@link Table#metrics()}
   */
  public abstract Kind seek(int metric);

  /** Returns the integer of a cell of kind {@link Kind#WHOLE}. */
  public final long whole() {
    return column.whole(row);
  }

  /** Returns the number of a cell of kind {@link Kind#WHOLE} or {@link Kind#DECIMAL}. */
  public final double number() {
    return column.number(row);
  }

  /** Returns the string of a cell of kind {@link Kind#TEXT}. */
  public final String text() {
    return column.text(row);
  }

  /** By time only numbers count; a string there is as absent as what was never logged. */
  final Kind moveTo(Column newColumn, int newRow) {
    column = newColumn;
    row = newRow;
    Kind kind = newColumn.kind(newRow);
    return axis == Axis.STEP || kind.isNumber() ? kind : Kind.ABSENT;
  }
}
