package org.runmetrics.series;

import java.util.List;
import java.util.function.Supplier;

/** Where a series has its segments from; may throw {@link java.io.UncheckedIOException}. */
@FunctionalInterface
public interface SegmentSource {

  /** Fetches a segment. */
  Segment segment(SegmentSummary summary);

  /**
   * Returns segments merged by an axis, perhaps as they were merged before.
   *
   * @param parts all segments of the series that share a part of the axis
   * @param merge merges them
   */
  default Segment merged(List<SegmentSummary> parts, Axis axis, Supplier<Segment> merge) {
    return merge.get();
  }
}
