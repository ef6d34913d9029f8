package org.runmetrics.view;

import java.util.List;
import java.util.Optional;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Column;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

/** A segment whose events are the rows, as they lie. */
record OrderedGroup(SegmentSummary segment, long rowCount) implements RowGroup {

  @Override
  public BlockReader read(Series series, Axis axis, List<String> metrics) {
    Segment loaded = series.segment(segment);
    List<Column> columns = metrics.stream().map(loaded::column).toList();
    return new Reader(axis.column(loaded), columns);
  }

  /** Passes over events that have no place on the axis. */
  private static final class Reader implements BlockReader {
    private final Column axis;
    private final List<Column> columns;
    private int next;

    Reader(Column axis, List<Column> columns) {
      this.axis = axis;
      this.columns = columns;
    }

    @Override
    public Optional<RowBlock> next() {
      int from = next;
      while (from < axis.length() && !axis.has(from)) {
        from++;
      }
      int to = axis.isDense() ? axis.length() : from;
      while (to < axis.length() && axis.has(to)) {
        to++;
      }
      next = to;
      return from < to ? Optional.of(new RowBlock(axis, columns, from, to)) : Optional.empty();
    }
  }
}
