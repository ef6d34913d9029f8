package org.runmetrics.scan;

import java.util.ArrayList;
import java.util.List;
import org.runmetrics.series.ImageLines;
import org.runmetrics.series.Metric;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.SegmentSummary;

/**
 * What was found in a byte range of a file, without the segments themselves.
 *
 * @param offset byte offset after the last line
 * @param segments in the order of the file
 * @param metrics in the order in which they were first logged
 * @param images where the lines of images start
 * @param counts the lines
 */
public record Scanned(
    long offset,
    List<SegmentSummary> segments,
    List<Metric> metrics,
    ImageLines images,
    LineCounts counts) {

  /** Nothing was found up to an offset. */
  public static Scanned nothing(long offset) {
    return new Scanned(offset, List.of(), List.of(), ImageLines.NONE, LineCounts.NONE);
  }

  /** Puts together what was found in ranges that follow each other. */
  public static Scanned all(List<Scanned> ranges) {
    long offset = 0;
    List<SegmentSummary> segments = new ArrayList<>();
    MetricIndex metrics = new MetricIndex(List.of());
    LineCounts counts = LineCounts.NONE;
    for (Scanned range : ranges) {
      offset = Math.max(offset, range.offset);
      segments.addAll(range.segments);
      metrics.addAll(range.metrics);
      counts = counts.plus(range.counts);
    }
    ImageLines images = ImageLines.all(ranges.stream().map(Scanned::images).toList());
    return new Scanned(offset, List.copyOf(segments), metrics.metrics(), images, counts);
  }
}
