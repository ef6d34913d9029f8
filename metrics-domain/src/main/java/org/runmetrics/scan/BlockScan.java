package org.runmetrics.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.runmetrics.line.LineReader;
import org.runmetrics.line.LineRoom;
import org.runmetrics.series.ImageLines;
import org.runmetrics.series.Metric;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;

/**
 * Makes segments of the lines that start in one block of a file.
 *
 * <p>One thread scans one block after the other with the same object.
 */
final class BlockScan {
  private final BlockSize blockSize;
  private final EventLines lines = new EventLines();
  private final LineRoom room = new LineRoom();
  private final BiConsumer<SegmentSummary, Segment> target;
  private List<SegmentSummary> segments = new ArrayList<>();
  private MetricIndex metrics = new MetricIndex(List.of());
  private LongStream.Builder images = LongStream.builder();

  /** How many images the lines before had. */
  private long imagesBefore;

  /** Offsets where the first row of the segment in the making starts, and after the last one. */
  private long from;

  private long to;

  /** Rows of the segment in the making. */
  private int rows;

  /** Hands each segment over when it is full. */
  BlockScan(BlockSize blockSize, BiConsumer<SegmentSummary, Segment> target) {
    this.blockSize = blockSize;
    this.target = target;
  }

  /** Continues a segment, the last one of its file so far. */
  void resume(SegmentSummary summary, Segment last) {
    lines.builder().resume(last);
    from = summary.from();
    to = summary.to();
    rows = last.rows();
    closeIfFull();
  }

  /**
   * Reads the lines that start after an offset, a line's start, and up to their block's end.
   *
   * @param pause called now and then while a line is read that is longer than many blocks
   */
  Scanned scan(EventFile file, long offset, Runnable pause) throws IOException {
    long end = blockSize.endOf(offset);
    LineReader reader = file.lines(offset, end, pause, room);
    long start = offset;
    while (start < end && lines.read(reader)) {
      addedUpTo(start, reader.position());
      closeIfFull();
      start = reader.position();
    }
    return finish(start);
  }

  /** Reads the lines of a block of which no line's start is known. */
  Scanned scanBlock(EventFile file, long start, Runnable pause) throws IOException {
    OptionalLong first = file.lineStart(start, blockSize.endOf(start), room);
    return first.isPresent() ? scan(file, first.getAsLong(), pause) : Scanned.nothing(0);
  }

  /** Reads the text after the last line feed, if it is a JSON object. */
  Scanned scanRest(EventFile file, long offset) throws IOException {
    boolean read = lines.read(file.rest(offset));
    long end = read ? file.stamp().size() : offset;
    addedUpTo(offset, end);
    return finish(end);
  }

  /** Notes where a line lies, if it is a row of the segment or an image. */
  private void addedUpTo(long start, long end) {
    int now = lines.builder().rows();
    if (now > rows) {
      from = rows == 0 ? start : from;
      to = end;
    }
    rows = now;
    if (lines.images() > imagesBefore) {
      images.add(start);
      imagesBefore = lines.images();
    }
  }

  private Scanned finish(long offset) {
    if (lines.builder().rows() > 0) {
      close();
    }
    Scanned scanned =
        new Scanned(
            offset, segments, metrics.metrics(), ImageLines.of(images.build()), lines.takeCounts());
    images = LongStream.builder();
    segments = new ArrayList<>();
    metrics = new MetricIndex(List.of());
    return scanned;
  }

  private void closeIfFull() {
    if (lines.builder().isFull()) {
      close();
    }
  }

  private void close() {
    Segment segment = lines.builder().build();
    List<Metric> logged = segment.metrics();
    metrics.addAll(logged);
    SegmentSummary summary = SegmentSummary.of(segment, from, to);
    segments.add(summary);
    target.accept(summary, segment);
    rows = 0;
  }
}
