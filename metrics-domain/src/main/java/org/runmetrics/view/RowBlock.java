package org.runmetrics.view;

import java.util.List;
import org.runmetrics.series.column.Cells;
import org.runmetrics.series.column.Column;

/** Some rows of a table, one after the other, as columns of one segment. */
public final class RowBlock {
  private final Column axis;
  private final List<Column> columns;
  private final int first;
  private final int count;

  /** The rows in the columns, or none if they lie side by side. */
  private final int[] picked;

  private RowBlock(Column axis, List<Column> columns, int first, int count, int[] picked) {
    this.axis = axis;
    this.columns = columns;
    this.first = first;
    this.count = count;
    this.picked = picked;
  }

  /** Returns a block of rows that lie side by side. */
  static RowBlock of(Column axis, List<Column> columns, int first, int count) {
    return new RowBlock(axis, columns, first, count, new int[0]);
  }

  /** Returns a block of at least one row, each chosen by itself. */
  static RowBlock of(Column axis, List<Column> columns, int[] picked) {
    return new RowBlock(axis, columns, 0, picked.length, picked);
  }

  /** Returns the number of rows. */
  public int count() {
    return count;
  }

  /** Returns the rows' places on the axis; none is missing. */
  public Column axis() {
    return axis;
  }

  /** Returns the values of each metric, in the order of {@link Table#metrics()}. */
  public List<Column> columns() {
    return columns;
  }

  /** Returns where a row of the block lies in the columns. */
  public int row(int place) {
    return picked.length == 0 ? first + place : picked[place];
  }

  /** Unpacks a row range of the block, of at most {@link Cells#MAX_ROWS}, in one of its columns. */
  public void read(Column column, int from, int to, Cells cells) {
    if (picked.length == 0) {
      column.read(first + from, first + to, cells);
    } else {
      column.read(picked, from, to, cells);
    }
  }
}
