package org.runmetrics.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.runmetrics.series.Axis;
import org.runmetrics.series.KeyRange;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.column.Column;

/**
 * The rows of a table that changed since somebody read it.
 *
 * @param rows those rows, whole
 * @param reset whether what was read before counts no more: the rows are all that there are
 */
public record Delta(Rows rows, boolean reset) {

  /** Returns all rows, for a client that read what is no part of the table. */
  public static Delta all(Table table) {
    return new Delta(table.rows(), true);
  }

  /**
   * Returns the rows that the events touched after those that were read.
   *
   * <p>That takes time by the number of those events, however many there are in all.
   *
   * @param events how many events were read, from the first one on
   */
  public static Delta behind(Table table, long events) {
    if (events == 0) {
      return new Delta(table.rows(), false);
    }
    List<Rows> touched = new ArrayList<>();
    long earliest = Long.MAX_VALUE;
    long first = 0;
    for (SegmentSummary segment : table.series().segments()) {
      int from = (int) Math.min(Math.max(0, events - first), segment.rows());
      long[] keys = keys(table, segment, from, segment.rows());
      if (keys.length > 0) {
        touched.add(table.rowsOf(keys));
        earliest = Math.min(earliest, keys[0]);
      }
      first += segment.rows();
    }
    return isStartBehind(table, events, earliest)
        ? all(table)
        : new Delta(Rows.union(touched), false);
  }

  /**
   * Returns whether events begin in front of those that were read.
   *
   * <p>Then all rows have changed, as times are relative to the first one.
   */
  private static boolean isStartBehind(Table table, long events, long earliest) {
    if (table.axis() != Axis.TIME || earliest != table.firstKey()) {
      return false;
    }
    OptionalLong before = OptionalLong.empty();
    long first = 0;
    for (SegmentSummary segment : table.series().segments()) {
      int to = (int) Math.min(Math.max(0, events - first), segment.rows());
      OptionalLong here = earliest(table, segment, to);
      if (here.isPresent() && (before.isEmpty() || here.getAsLong() < before.getAsLong())) {
        before = here;
      }
      first += segment.rows();
    }
    return before.isPresent() && earliest < before.getAsLong();
  }

  /** Returns the smallest key of a segment's first events. */
  private static OptionalLong earliest(Table table, SegmentSummary segment, int to) {
    KeyRange keys = segment.keys(table.axis());
    if (to == segment.rows() && keys.count() > 0) {
      return OptionalLong.of(keys.min());
    }
    return Arrays.stream(keys(table, segment, 0, to)).findFirst();
  }

  /** Returns the keys of a segment of a segment's events, ascending. */
  private static long[] keys(Table table, SegmentSummary segment, int from, int to) {
    Axis axis = table.axis();
    if (from >= to || segment.keys(axis).count() == 0) {
      return new long[0];
    }
    Column column = axis.column(table.series().segment(segment));
    long[] keys = new long[to - from];
    int count = 0;
    for (int row = column.next(from); row < Math.min(to, column.length()); ) {
      keys[count++] = axis.key(column, row);
      row = column.next(row + 1);
    }
    long[] sorted = Arrays.copyOf(keys, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
