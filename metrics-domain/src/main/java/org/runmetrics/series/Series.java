package org.runmetrics.series;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Everything that a run had logged at one moment: a consistent, immutable snapshot.
 *
 * <p>Segments are fetched one by one when they are needed, so a long run need not be in memory as a
 * whole.
 */
public final class Series {
  private static final Series EMPTY =
      new Series(
          List.of(),
          List.of(),
          ImageLines.NONE,
          0,
          false,
          Position.START,
          summary -> {
            throw new IllegalStateException("An empty series has no segment");
          });

  private final List<Metric> metrics;
  private final List<SegmentSummary> segments;
  private final ImageLines imageLines;
  private final long skippedLines;
  private final boolean damaged;
  private final Position position;
  private final SegmentSource source;

  /**
   * Takes a snapshot of what no file holds.
   *
   * @param metrics in the order in which they were first logged
   * @param segments in the order of the events
   * @param skippedLines lines that hold no valid event
   * @param damaged whether there is something, but not one JSON object at all
   * @param source fetches segments
   */
  public Series(
      List<Metric> metrics,
      List<SegmentSummary> segments,
      long skippedLines,
      boolean damaged,
      SegmentSource source) {
    this(metrics, segments, ImageLines.NONE, skippedLines, damaged, Position.START, source);
  }

  /**
   * Takes a snapshot.
   *
   * @param metrics in the order in which they were first logged
   * @param segments in the order of the file
   * @param imageLines where the lines of images start
   * @param skippedLines lines that hold no valid event
   * @param damaged whether a file that is not empty holds no JSON object at all
   * @param position how far the file was read
   * @param source fetches segments
   */
  public Series(
      List<Metric> metrics,
      List<SegmentSummary> segments,
      ImageLines imageLines,
      long skippedLines,
      boolean damaged,
      Position position,
      SegmentSource source) {
    this.metrics = List.copyOf(metrics);
    this.segments = List.copyOf(segments);
    this.imageLines = imageLines;
    this.skippedLines = skippedLines;
    this.damaged = damaged;
    this.position = position;
    this.source = source;
  }

  /** Returns the series of a run that logged nothing. */
  public static Series empty() {
    return EMPTY;
  }

  /** Returns the metrics in the order in which they were first logged. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** Returns what is known of each segment, in the order of the file. */
  public List<SegmentSummary> segments() {
    return segments;
  }

  /** Fetches a segment. */
  public Segment segment(SegmentSummary summary) {
    return source.segment(summary);
  }

  /** Returns segments merged by an axis; see {@link SegmentSource#merged}. */
  public Segment merged(List<SegmentSummary> parts, Axis axis, Supplier<Segment> merge) {
    return source.merged(parts, axis, merge);
  }

  /** Returns where the lines of images start. */
  public ImageLines imageLines() {
    return imageLines;
  }

  /** Returns the number of lines that hold no valid event. */
  public long skippedLines() {
    return skippedLines;
  }

  /** Returns whether a file that is not empty holds no JSON object at all. */
  public boolean isDamaged() {
    return damaged;
  }

  /** Returns how far the file was read. */
  public Position position() {
    return position;
  }

  /** Returns the largest step. */
  public OptionalLong lastStep() {
    return max(Axis.STEP);
  }

  /** Returns the smallest key on an axis. */
  public OptionalLong min(Axis axis) {
    return segments.stream()
        .map(segment -> segment.keys(axis))
        .filter(keys -> keys.count() > 0)
        .mapToLong(KeyRange::min)
        .min();
  }

  /** Returns the largest key on an axis. */
  public OptionalLong max(Axis axis) {
    return segments.stream()
        .map(segment -> segment.keys(axis))
        .filter(keys -> keys.count() > 0)
        .mapToLong(KeyRange::max)
        .max();
  }
}
