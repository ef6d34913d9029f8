package org.runmetrics.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.runmetrics.event.Event;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;
import org.runmetrics.series.SegmentCodec;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

/** A series of events that no file holds. */
public final class EventSeries {
  private EventSeries() {}

  /** Returns the series of events, so many in a segment. */
  public static Series of(List<Event.Metrics> events, int rowsASegment) {
    Map<SegmentSummary, Segment> segments = new LinkedHashMap<>();
    MetricIndex metrics = new MetricIndex(List.of());
    SegmentBuilder builder = new SegmentBuilder();
    for (Event.Metrics event : events) {
      builder.add(event);
      if (builder.rows() == rowsASegment) {
        builder = close(builder, segments, metrics);
      }
    }
    close(builder, segments, metrics);
    return new Series(
        metrics.metrics(),
        List.copyOf(segments.keySet()),
        0,
        false,
        summary -> Objects.requireNonNull(segments.get(summary)));
  }

  private static SegmentBuilder close(
      SegmentBuilder builder, Map<SegmentSummary, Segment> segments, MetricIndex metrics) {
    // Through bytes and back, so that the laws hold for segments from other tiers too.
    Segment segment = SegmentCodec.decode(SegmentCodec.encode(builder.build()));
    metrics.addAll(segment.metrics());
    segments.put(SegmentSummary.of(segment, segments.size(), segments.size() + 1L), segment);
    return new SegmentBuilder();
  }
}
