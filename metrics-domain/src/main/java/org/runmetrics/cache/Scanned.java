package org.runmetrics.cache;

import java.util.ArrayList;
import java.util.List;
import org.runmetrics.series.Metric;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.SegmentSummary;

/**
 * What was found in a stretch of a file, without the segments themselves.
 *
 * @param offset byte offset behind the last line
 * @param segments in the order of the file
 * @param metrics in the order in which they were first logged
 * @param counts the lines
 */
record Scanned(
    long offset, List<SegmentSummary> segments, List<Metric> metrics, LineCounts counts) {

  /** Nothing was found up to an offset. */
  static Scanned nothing(long offset) {
    return new Scanned(offset, List.of(), List.of(), LineCounts.NONE);
  }

  /** Adds what was found behind. */
  Scanned then(Scanned next) {
    List<SegmentSummary> all = new ArrayList<>(segments);
    all.addAll(next.segments);
    MetricIndex index = new MetricIndex(metrics);
    index.addAll(next.metrics);
    return new Scanned(
        Math.max(offset, next.offset), all, index.metrics(), counts.plus(next.counts));
  }
}
