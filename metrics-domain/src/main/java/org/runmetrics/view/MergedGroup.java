package org.runmetrics.view;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Column;
import org.runmetrics.series.ColumnAssembly;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

/**
 * Segments whose events are sorted by the axis; those of one key are one row.
 *
 * <p>Takes 20 bytes for each event while it is used, and holds only those segments of which rows
 * before and behind the current one are needed.
 */
final class MergedGroup implements RowGroup {
  private static final int BLOCK_ROWS = 4096;

  private final List<SegmentSummary> segments;

  /** Segment and row of each event, in the order of the file. */
  private final int[] segmentOf;

  private final int[] rowOf;
  private final long[] keys;

  /** The events in the order of rows; those of one row in the order of the file. */
  private final int[] events;

  private final long rowCount;

  private MergedGroup(List<SegmentSummary> segments, Series series, Axis axis) {
    this.segments = segments;
    int count = segments.stream().mapToInt(segment -> segment.span(axis).count()).sum();
    segmentOf = new int[count];
    rowOf = new int[count];
    keys = new long[count];
    int event = 0;
    for (int i = 0; i < segments.size(); i++) {
      Column column = axis.column(series.segment(segments.get(i)));
      for (int row = 0; row < column.length(); row++) {
        if (column.has(row)) {
          segmentOf[event] = i;
          rowOf[event] = row;
          keys[event++] = axis.key(column, row);
        }
      }
    }
    events = KeyOrder.of(keys);
    rowCount = countRows();
  }

  static MergedGroup of(List<SegmentSummary> segments, Series series, Axis axis) {
    List<SegmentSummary> inFile =
        segments.stream().sorted(Comparator.comparingLong(SegmentSummary::from)).toList();
    return new MergedGroup(inFile, series, axis);
  }

  @Override
  public long rowCount() {
    return rowCount;
  }

  @Override
  public BlockReader read(Series series, Axis axis, List<String> metrics) {
    return new Reader(series, axis, metrics);
  }

  private long countRows() {
    long count = events.length == 0 ? 0 : 1;
    for (int place = 1; place < events.length; place++) {
      count += keys[events[place]] == keys[events[place - 1]] ? 0 : 1;
    }
    return count;
  }

  /** Merges a block of rows at a time into columns of its own. */
  private final class Reader implements BlockReader {
    private final Series series;
    private final Axis axis;
    private final List<String> metrics;
    private final ColumnAssembly assembly;

    /** For each segment its axis and columns while they are needed, else nothing. */
    private final Column[][] columns = new Column[segments.size()][];

    /** For each segment the number of its events that were not read yet. */
    private final int[] left = new int[segments.size()];

    private int next;

    Reader(Series series, Axis axis, List<String> metrics) {
      this.series = series;
      this.axis = axis;
      this.metrics = metrics;
      this.assembly = new ColumnAssembly(1 + metrics.size());
      for (int segment : segmentOf) {
        left[segment]++;
      }
    }

    @Override
    public Optional<RowBlock> next() {
      int rows = 0;
      while (next < events.length && rows < BLOCK_ROWS) {
        int behind = next + 1;
        while (behind < events.length && keys[events[behind]] == keys[events[next]]) {
          behind++;
        }
        merge(next, behind, rows++);
        next = behind;
      }
      if (rows == 0) {
        return Optional.empty();
      }
      List<Column> built = assembly.build();
      return Optional.of(new RowBlock(built.get(0), built.subList(1, built.size()), 0, rows));
    }

    /** Of values logged twice the later counts, so each cell is looked for from the last event. */
    private void merge(int first, int behind, int row) {
      for (int column = 0; column <= metrics.size(); column++) {
        for (int place = behind - 1; place >= first; place--) {
          Column source = columns(segmentOf[events[place]])[column];
          int sourceRow = rowOf[events[place]];
          if (isShown(source.kind(sourceRow))) {
            assembly.copy(column, row, source, sourceRow);
            break;
          }
        }
      }
      for (int place = first; place < behind; place++) {
        int segment = segmentOf[events[place]];
        if (--left[segment] == 0) {
          columns[segment] = new Column[0];
        }
      }
    }

    private boolean isShown(Kind kind) {
      return axis == Axis.STEP ? kind != Kind.ABSENT : kind.isNumber();
    }

    private Column[] columns(int segment) {
      if (columns[segment] == null) {
        Segment loaded = series.segment(segments.get(segment));
        Column[] found = new Column[1 + metrics.size()];
        found[0] = axis.column(loaded);
        for (int i = 0; i < metrics.size(); i++) {
          found[i + 1] = loaded.column(metrics.get(i));
        }
        columns[segment] = found;
      }
      return columns[segment];
    }
  }
}
