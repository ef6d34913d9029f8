package org.runmetrics.cache;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.runmetrics.file.FileStamp;
import org.runmetrics.scan.EventFile;
import org.runmetrics.scan.Fingerprint;
import org.runmetrics.scan.LineCounts;
import org.runmetrics.series.ImageLines;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Position;
import org.runmetrics.series.SegmentSummary;

/**
 * How far a run's file was read, and what was found: all but the segments themselves.
 *
 * @param stamp the file when it was read
 * @param loadedAt when it was read, or found unchanged by a later process
 * @param generation see {@link SegmentKey}
 * @param offset byte offset after the last line read
 * @param fingerprint what the file begins with up to that offset
 * @param running whether the run was running, so that a half line at the end had to wait
 * @param restRead whether the end was read although no line feed followed it
 * @param segments all segments; all but the last are full
 * @param metrics in the order in which they were first logged
 * @param images where the lines of images start
 * @param counts the lines read
 */
record LoadedRun(
    FileStamp stamp,
    Instant loadedAt,
    long generation,
    long offset,
    Fingerprint fingerprint,
    boolean running,
    boolean restRead,
    List<SegmentSummary> segments,
    List<Metric> metrics,
    ImageLines images,
    LineCounts counts) {
  /** The record, its stamp and its fingerprint. */
  private static final int BYTES = 640;

  /** A summary with two spans, and a metric without its name. */
  private static final int SUMMARY_BYTES = 128;

  private static final int METRIC_BYTES = 80;

  /** Returns about how many bytes of heap it takes. */
  long bytes() {
    long names = 0;
    for (Metric metric : metrics) {
      names += METRIC_BYTES + 2L * metric.name().length();
    }
    return BYTES
        + (long) SUMMARY_BYTES * segments.size()
        + (long) Long.BYTES * images.count()
        + names;
  }

  /** Returns the same, seen again at another time. */
  LoadedRun seenAt(Instant now) {
    return new LoadedRun(
        stamp,
        now,
        generation,
        offset,
        fingerprint,
        running,
        restRead,
        segments,
        metrics,
        images,
        counts);
  }

  /** Returns whether what was read is still the beginning of a file. */
  boolean isContinuedBy(EventFile file) throws IOException {
    return file.continues(stamp, fingerprint);
  }

  /**
   * Returns whether what a file has more is all that is new.
   *
   * <p>A file written without growing was changed somewhere in what was read. A rest that was taken
   * for a line may have turned into another.
   */
  boolean mayGrowInto(EventFile file) throws IOException {
    boolean grown = file.stamp().size() > stamp.size();
    boolean untouched = file.stamp().equals(stamp);
    return (grown || untouched) && !restRead && isContinuedBy(file);
  }

  /** Returns whether bytes at the end wait for their line feed. */
  boolean hasRest() {
    return offset < stamp.size();
  }

  /** Returns how far the file was read, as later processes understand it too. */
  Position position() {
    long events = segments.stream().mapToLong(SegmentSummary::rows).sum();
    return fingerprint.position(stamp, events, !restRead);
  }

  /** Returns whether the file holds something, but not one JSON object. */
  boolean isDamaged() {
    return counts.objects() == 0 && (counts.skipped() > 0 || (hasRest() && !running));
  }
}
