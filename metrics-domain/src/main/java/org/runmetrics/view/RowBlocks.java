package org.runmetrics.view;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Segment;
import org.runmetrics.series.column.Column;

/** Reads some rows of a table, those of one segment after the other. */
final class RowBlocks implements Iterator<RowBlock> {
  private final Axis axis;
  private final List<String> metrics;
  private final List<TableSegment> segments;
  private final Rows rows;
  private int next;

  /** The first range that was not read to its end. */
  private int range;

  RowBlocks(Table table, Rows rows) {
    this.axis = table.axis();
    this.metrics = table.metrics().stream().map(Metric::name).toList();
    this.segments = table.segments();
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return range < rows.rangeCount();
  }

  @Override
  public RowBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No rows are left");
    }
    while (endOf(segments.get(next)) <= rows.start(range)) {
      next++;
    }
    TableSegment current = segments.get(next++);
    Segment segment = current.segment();
    Column keys = axis.column(segment);
    List<Column> columns = metrics.stream().map(segment::column).toList();
    long start = current.firstRow();
    long end = endOf(current);
    if (rows.end(range) >= end || range + 1 == rows.rangeCount() || rows.start(range + 1) >= end) {
      int first = (int) (Math.max(rows.start(range), start) - start);
      int behind = (int) (Math.min(rows.end(range), end) - start);
      range += rows.end(range) <= end ? 1 : 0;
      return RowBlock.of(keys, columns, first, behind - first);
    }
    return RowBlock.of(keys, columns, pick(start, end));
  }

  /** Returns the rows of all ranges in a segment, and passes over the ranges that end there. */
  private int[] pick(long start, long end) {
    int behind = range;
    long count = 0;
    while (behind < rows.rangeCount() && rows.start(behind) < end) {
      count += Math.min(rows.end(behind), end) - Math.max(rows.start(behind), start);
      behind++;
    }
    int[] picked = new int[(int) count];
    int place = 0;
    for (int i = range; i < behind; i++) {
      long to = Math.min(rows.end(i), end);
      for (long row = Math.max(rows.start(i), start); row < to; row++) {
        picked[place++] = (int) (row - start);
      }
    }
    range = rows.end(behind - 1) <= end ? behind : behind - 1;
    return picked;
  }

  private static long endOf(TableSegment segment) {
    return segment.firstRow() + segment.rowCount();
  }
}
