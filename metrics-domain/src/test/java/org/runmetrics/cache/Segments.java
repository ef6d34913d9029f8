package org.runmetrics.cache;

import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;

/** Segments of any number of rows. */
final class Segments {
  private Segments() {}

  static Entry.OfSegment entry(long generation, int rows) {
    return new Entry.OfSegment(
        new SegmentKey(generation, SegmentKey.Rows.EVENTS, 0, rows), segment(rows));
  }

  static Segment segment(int rows) {
    SegmentBuilder builder = new SegmentBuilder();
    for (int step = 1; step <= rows; step++) {
      EventParser.parse(EventsOnDisk.line(step))
          .map(Event.Metrics.class::cast)
          .ifPresent(builder::add);
    }
    return builder.build();
  }
}
