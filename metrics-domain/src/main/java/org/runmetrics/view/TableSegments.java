package org.runmetrics.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.runmetrics.series.Axis;
import org.runmetrics.series.KeyRange;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

/**
 * The segments of a table, found when rows are first asked for.
 *
 * <p>A file whose steps ascend, as nearly every one's do, is one of these for each segment. Only
 * where a run went back to a checkpoint, or logged a step twice, segments are merged, and only
 * those that share a part of the axis. How many rows that leaves is known when they have been
 * merged, so it may read the file.
 */
final class TableSegments {
  private final Series series;
  private final Axis axis;
  private List<TableSegment> found = List.of();
  private boolean isFound;

  TableSegments(Series series, Axis axis) {
    this.series = series;
    this.axis = axis;
  }

  /** Returns all, in the order of the axis. */
  synchronized List<TableSegment> all() {
    if (!isFound) {
      found = find();
      isFound = true;
    }
    return found;
  }

  /** Returns the number of rows. */
  long rowCount() {
    return rowsIn(all());
  }

  private List<TableSegment> find() {
    List<SegmentSummary> segments =
        series.segments().stream()
            .filter(segment -> segment.keys(axis).count() > 0)
            .sorted(Comparator.comparingLong(segment -> segment.keys(axis).min()))
            .toList();
    List<TableSegment> table = new ArrayList<>();
    List<SegmentSummary> overlapping = new ArrayList<>();
    long max = Long.MIN_VALUE;
    long lastOfMax = 0;
    for (SegmentSummary segment : segments) {
      KeyRange keys = segment.keys(axis);
      // Rows of one place need no merging where each stays a row and the file has them in order.
      boolean follows = !axis.merges() && keys.min() == max && segment.from() > lastOfMax;
      if (!overlapping.isEmpty() && (keys.min() > max || follows)) {
        table.add(of(overlapping, rowsIn(table)));
        overlapping = new ArrayList<>();
      }
      overlapping.add(segment);
      lastOfMax = keys.max() > max ? segment.from() : Math.max(lastOfMax, segment.from());
      max = Math.max(max, keys.max());
    }
    if (!overlapping.isEmpty()) {
      table.add(of(overlapping, rowsIn(table)));
    }
    return List.copyOf(table);
  }

  private TableSegment of(List<SegmentSummary> parts, long firstRow) {
    SegmentSummary first = parts.get(0);
    KeyRange keys = first.keys(axis);
    boolean inOrder =
        keys.order() == KeyRange.Order.ASCENDING
            || (!axis.merges() && keys.order() == KeyRange.Order.REPEATING);
    if (parts.size() == 1 && inOrder && keys.count() == first.rows()) {
      return new TableSegment(
          axis, () -> series.segment(first), firstRow, first.rows(), keys.min(), keys.max());
    }
    long min = parts.stream().mapToLong(part -> part.keys(axis).min()).min().orElse(0);
    long max = parts.stream().mapToLong(part -> part.keys(axis).max()).max().orElse(0);
    List<SegmentSummary> inFile =
        parts.stream().sorted(Comparator.comparingLong(SegmentSummary::from)).toList();
    Supplier<Segment> merged = () -> series.merged(inFile, axis, () -> merge(inFile));
    return new TableSegment(axis, merged, firstRow, merged.get().rows(), min, max);
  }

  private Segment merge(List<SegmentSummary> parts) {
    return new Merge(parts.stream().map(series::segment).toList(), axis).merged();
  }

  private static long rowsIn(List<TableSegment> segments) {
    if (segments.isEmpty()) {
      return 0;
    }
    TableSegment last = segments.get(segments.size() - 1);
    return last.firstRow() + last.rowCount();
  }
}
