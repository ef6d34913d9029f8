package org.runmetrics.cache;

import java.time.Instant;
import java.util.List;
import org.runmetrics.series.Metric;
import org.runmetrics.series.SegmentSummary;

/**
 * How far a run's file was read, and what was found: all but the segments themselves.
 *
 * @param stamp the file when it was read
 * @param loadedAt when it was read
 * @param generation see {@link SegmentKey}
 * @param offset byte offset behind the last line read
 * @param fingerprint what the file begins with up to that offset
 * @param running whether the run was running, so that a half line at the end had to wait
 * @param restRead whether the end was read although no line feed followed it
 * @param segments all segments; all but the last are full
 * @param metrics in the order in which they were first logged
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
    LineCounts counts) {

  /** Tells whether bytes at the end wait for their line feed. */
  boolean hasRest() {
    return offset < stamp.size();
  }

  /** Tells whether the file holds something, but not one JSON object. */
  boolean isDamaged() {
    return counts.objects() == 0 && (counts.skipped() > 0 || (hasRest() && !running));
  }
}
