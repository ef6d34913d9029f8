package org.runmetrics.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.runmetrics.line.LineReader;
import org.runmetrics.series.Metric;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;

/**
 * Makes segments of the lines that start in one block of a file.
 *
 * <p>Blocks begin at multiples of {@link #BYTES}, and no segment reaches across two of them. So the
 * same file gives the same segments however it was written, and whoever scans which block. One
 * thread scans one block after the other with the same object.
 */
final class BlockScan {
  /** Long enough to be worth a thread's while, short enough to wait for: some 5 ms. */
  static final long BYTES = 4L << 20;

  private final EventLines lines = new EventLines();
  private final BiConsumer<SegmentSummary, Segment> target;
  private List<SegmentSummary> segments = new ArrayList<>();
  private MetricIndex metrics = new MetricIndex(List.of());

  /** Offset where the lines of the segment in the making start. */
  private long from;

  /** Hands each segment over when it is full. */
  BlockScan(BiConsumer<SegmentSummary, Segment> target) {
    this.target = target;
  }

  /** Returns the end of the block in which an offset lies. */
  static long endOf(long offset) {
    return (offset / BYTES + 1) * BYTES;
  }

  /**
   * Continues a segment, the last one of its file so far.
   *
   * @param start where its lines start
   */
  void resume(Segment last, long start) {
    lines.builder().addAll(last);
    from = start;
  }

  /** Reads the lines that start behind an offset, a line's start, and up to their block's end. */
  Scanned scan(EventFile file, long offset) throws IOException {
    long end = endOf(offset);
    LineReader reader = file.lines(offset, end);
    if (lines.builder().rows() == 0) {
      from = offset;
    }
    closeIfFull(offset);
    while (reader.position() < end && lines.read(reader)) {
      closeIfFull(reader.position());
    }
    return finish(reader.position());
  }

  /** Reads the lines of a block of which no line's start is known. */
  Scanned scanBlock(EventFile file, long start) throws IOException {
    long first = file.lineStart(start);
    return first < endOf(start) ? scan(file, first) : Scanned.nothing(0);
  }

  /** Reads the text behind the last line feed, if it is a JSON object. */
  Scanned scanRest(EventFile file, long offset) throws IOException {
    if (lines.builder().rows() == 0) {
      from = offset;
    }
    closeIfFull(offset);
    boolean read = lines.read(file.rest(offset));
    return finish(read ? file.stamp().size() : offset);
  }

  private Scanned finish(long offset) {
    if (lines.builder().rows() > 0) {
      close(offset);
    }
    Scanned scanned = new Scanned(offset, segments, metrics.metrics(), lines.takeCounts());
    segments = new ArrayList<>();
    metrics = new MetricIndex(List.of());
    return scanned;
  }

  private void closeIfFull(long offset) {
    if (lines.builder().isFull()) {
      close(offset);
    }
  }

  private void close(long offset) {
    Segment segment = lines.builder().build();
    List<Metric> logged = segment.metrics();
    metrics.addAll(logged);
    SegmentSummary summary = SegmentSummary.of(segment, from, offset);
    segments.add(summary);
    target.accept(summary, segment);
    from = offset;
  }
}
