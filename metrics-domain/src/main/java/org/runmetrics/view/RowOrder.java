package org.runmetrics.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

/** In which order events become rows, and which of them become one. */
sealed interface RowOrder {

  /** Looks whether the file is in order, which nearly every file is, and sorts it if not. */
  static RowOrder of(Series series, Axis axis) {
    return series.isAscending(axis) ? InFile.of(series, axis) : Sorted.of(series, axis);
  }

  long rowCount();

  RowCursor cursor(Series series, Axis axis, List<Metric> metrics);

  /** Every event on the axis is a row, in the order of the file. */
  record InFile(long rowCount) implements RowOrder {

    static InFile of(Series series, Axis axis) {
      return new InFile(
          series.segments().stream().mapToLong(segment -> segment.span(axis).count()).sum());
    }

    @Override
    public RowCursor cursor(Series series, Axis axis, List<Metric> metrics) {
      return new FileOrderCursor(series, axis, metrics);
    }
  }

  /**
   * Events are sorted by the axis, and equal ones grouped in the order of the file.
   *
   * <p>The sort is stable and takes ascending runs as they are, so a training that was resumed a
   * few times from a checkpoint costs little more than a look at each event.
   */
  final class Sorted implements RowOrder {
    /** All segments, held while the table is read: rows may alternate between them. */
    private final List<Segment> segments;

    /** Segment of each event. */
    private final int[] segmentOf;

    /** Row of each event in its segment. */
    private final int[] rowOf;

    /** Key of each event. */
    private final long[] keys;

    /** The events in the order of rows. */
    private final int[] events;

    private final long rowCount;

    private Sorted(List<Segment> segments, Axis axis) {
      this.segments = segments;
      int count =
          segments.stream()
              .mapToInt(
                  segment ->
                      (int)
                          IntStream.range(0, segment.rows())
                              .filter(row -> axis.has(segment, row))
                              .count())
              .reduce(0, Math::addExact);
      segmentOf = new int[count];
      rowOf = new int[count];
      keys = new long[count];
      fill(axis);
      events =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingLong(event -> keys[event]))
              .mapToInt(Integer::intValue)
              .toArray();
      rowCount = IntStream.range(0, count).filter(this::startsRow).count();
    }

    static Sorted of(Series series, Axis axis) {
      List<Segment> segments = new ArrayList<>();
      for (SegmentSummary summary : series.segments()) {
        segments.add(series.segment(summary));
      }
      return new Sorted(segments, axis);
    }

    @Override
    public long rowCount() {
      return rowCount;
    }

    @Override
    public RowCursor cursor(Series series, Axis axis, List<Metric> metrics) {
      return new MergingCursor(this, axis, metrics);
    }

    List<Segment> segments() {
      return segments;
    }

    int eventCount() {
      return events.length;
    }

    long key(int place) {
      return keys[events[place]];
    }

    int segment(int place) {
      return segmentOf[events[place]];
    }

    int row(int place) {
      return rowOf[events[place]];
    }

    private boolean startsRow(int place) {
      return place == 0 || key(place) != key(place - 1);
    }

    private void fill(Axis axis) {
      int event = 0;
      for (int index = 0; index < segments.size(); index++) {
        Segment segment = segments.get(index);
        for (int row = 0; row < segment.rows(); row++) {
          if (axis.has(segment, row)) {
            segmentOf[event] = index;
            rowOf[event] = row;
            keys[event] = axis.key(segment, row);
            event++;
          }
        }
      }
    }
  }
}
