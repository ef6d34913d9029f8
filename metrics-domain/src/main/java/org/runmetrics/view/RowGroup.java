package org.runmetrics.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.runmetrics.series.Axis;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;
import org.runmetrics.series.Span;

/**
 * Segments that share a stretch of the axis with no other segment.
 *
 * <p>A file whose steps ascend, as nearly every one's do, is one group for each segment, and its
 * rows are the events as they lie. Only where a run went back to a checkpoint, or logged a step
 * twice, segments overlap; only those are merged.
 */
sealed interface RowGroup permits OrderedGroup, MergedGroup {

  /** Returns the groups in the order of the axis. */
  static List<RowGroup> of(Series series, Axis axis) {
    List<SegmentSummary> segments =
        series.segments().stream()
            .filter(segment -> segment.span(axis).count() > 0)
            .sorted(Comparator.comparingLong(segment -> segment.span(axis).min()))
            .toList();
    List<RowGroup> groups = new ArrayList<>();
    List<SegmentSummary> overlapping = new ArrayList<>();
    long max = Long.MIN_VALUE;
    for (SegmentSummary segment : segments) {
      if (!overlapping.isEmpty() && segment.span(axis).min() > max) {
        groups.add(group(overlapping, series, axis));
        overlapping = new ArrayList<>();
      }
      overlapping.add(segment);
      max = Math.max(max, segment.span(axis).max());
    }
    if (!overlapping.isEmpty()) {
      groups.add(group(overlapping, series, axis));
    }
    return List.copyOf(groups);
  }

  /** Returns the number of rows. */
  long rowCount();

  /** Starts to read the rows of some metrics. */
  BlockReader read(Series series, Axis axis, List<String> metrics);

  private static RowGroup group(List<SegmentSummary> segments, Series series, Axis axis) {
    SegmentSummary first = segments.get(0);
    return segments.size() == 1 && first.span(axis).order() == Span.Order.ASCENDING
        ? new OrderedGroup(first, first.span(axis).count())
        : MergedGroup.of(segments, series, axis);
  }
}
