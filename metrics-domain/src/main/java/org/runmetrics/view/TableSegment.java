package org.runmetrics.view;

import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Segment;
import org.runmetrics.series.column.Column;

/** Rows of a table that lie in one segment as they are: each has a key, and keys ascend. */
public final class TableSegment {
  private final Axis axis;
  private final Supplier<Segment> source;
  private final long firstRow;
  private final int rowCount;
  private final long firstKey;
  private final long lastKey;

  TableSegment(
      Axis axis, Supplier<Segment> source, long firstRow, int rowCount, long first, long last) {
    this.axis = axis;
    this.source = source;
    this.firstRow = firstRow;
    this.rowCount = rowCount;
    this.firstKey = first;
    this.lastKey = last;
  }

  /** Returns the number of the first row in the table. */
  public long firstRow() {
    return firstRow;
  }

  /** Returns the number of rows. */
  public int rowCount() {
    return rowCount;
  }

  /** Returns the smallest key. */
  public long firstKey() {
    return firstKey;
  }

  /** Returns the largest key. */
  public long lastKey() {
    return lastKey;
  }

  /** Fetches the segment, all rows of which are rows of the table. */
  public Segment segment() {
    return source.get();
  }

  /** Returns the first row in the segment whose key is not below another, or the row count. */
  int rowAt(long key) {
    if (key <= firstKey) {
      return 0;
    }
    if (key > lastKey) {
      return rowCount;
    }
    return rowAt(key, axis.column(segment()), 0);
  }

  /**
   * Adds the rows of the keys that the segment has.
   *
   * @param keys ascending; each between the first and the last of the segment has a row
   * @param from the first key that is not in front of the segment
   * @return the first key after the segment
   */
  int addRows(long[] keys, int from, Rows.Builder rows) {
    Column column = axis.column(segment());
    int place = from;
    int row = 0;
    for (; place < keys.length && keys[place] <= lastKey; place++) {
      row = rowAt(keys[place], column, row);
      rows.add(firstRow + row, firstRow + row + 1);
    }
    return place;
  }

  private int rowAt(long key, Column keys, int from) {
    int low = from;
    int high = rowCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (axis.key(keys, middle) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds the rows that have a value of any of some metrics. */
  void addFilled(List<String> metrics, Rows.Builder filled) {
    Segment segment = segment();
    List<Column> columns = metrics.stream().map(segment::column).toList();
    if (columns.stream().anyMatch(column -> column.count(0, rowCount) == rowCount)) {
      filled.add(firstRow, firstRow + rowCount);
      return;
    }
    BitSet rows = new BitSet(rowCount);
    for (Column column : columns) {
      for (int row = column.next(0); row < column.length(); row = column.next(row + 1)) {
        rows.set(row);
      }
    }
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      filled.add(firstRow + row, firstRow + row + 1);
    }
  }
}
