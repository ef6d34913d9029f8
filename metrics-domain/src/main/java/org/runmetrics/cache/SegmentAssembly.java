package org.runmetrics.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.runmetrics.cache.LoadedRun.LineCounts;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.event.EventScanner;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineReader;
import org.runmetrics.series.Metric;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;
import org.runmetrics.series.SegmentSummary;

/**
 * Makes segments of a file's lines, in order.
 *
 * <p>A segment is handed over when it is full, and the last one when the lines end. Not safe for
 * use by several threads.
 */
final class SegmentAssembly {
  private final BiConsumer<SegmentSummary, Segment> target;
  private final List<SegmentSummary> segments;
  private final MetricIndex metrics;
  private final EventScanner scanner = new EventScanner();
  private SegmentBuilder builder;

  /** Offset where the lines of the segment in the making start. */
  private long from;

  /** Offset behind the last line. */
  private long offset;

  private long objects;
  private long skipped;
  private long lines;

  private SegmentAssembly(
      List<SegmentSummary> segments,
      List<Metric> metrics,
      LineCounts counts,
      BiConsumer<SegmentSummary, Segment> target) {
    this.segments = new ArrayList<>(segments);
    this.metrics = new MetricIndex(metrics);
    this.objects = counts.objects();
    this.skipped = counts.skipped();
    this.target = target;
    this.builder = new SegmentBuilder();
  }

  /** Starts with nothing. */
  static SegmentAssembly start(BiConsumer<SegmentSummary, Segment> target) {
    return new SegmentAssembly(List.of(), List.of(), LineCounts.NONE, target);
  }

  /** Goes on where a run was left; its last segment, if there is one, is continued. */
  static SegmentAssembly resume(
      LoadedRun run, Optional<Segment> last, BiConsumer<SegmentSummary, Segment> target) {
    SegmentAssembly assembly =
        new SegmentAssembly(run.segments(), run.metrics(), run.counts(), target);
    assembly.from = run.offset();
    assembly.offset = run.offset();
    last.ifPresent(assembly::reopen);
    return assembly;
  }

  /** Takes the line at which a reader stands. */
  void add(LineReader line) {
    lines++;
    if (!line.isCut() && scanner.scan(line.bytes(), line.start(), line.end())) {
      objects++;
      builder.add(scanner.metrics());
    } else {
      addUnusual(line.line());
    }
    offset = line.position();
    if (builder.isFull()) {
      closeSegment();
    }
  }

  /** Takes the text behind the last line feed, if it is a JSON object, and tells whether it is. */
  boolean addRest(String text, long end) {
    Optional<Event> event = EventParser.parse(text);
    if (event.isEmpty()) {
      return false;
    }
    lines++;
    add(event);
    offset = end;
    return true;
  }

  /** Ends the last segment; nothing may be added behind. */
  void finish() {
    if (builder.rows() > 0) {
      closeSegment();
    }
  }

  long offset() {
    return offset;
  }

  long lines() {
    return lines;
  }

  List<SegmentSummary> segments() {
    return segments;
  }

  List<Metric> metrics() {
    return metrics.metrics();
  }

  LineCounts counts() {
    return new LineCounts(objects, skipped);
  }

  private void reopen(Segment last) {
    builder = new SegmentBuilder(last);
    from = segments.remove(segments.size() - 1).from();
  }

  private void addUnusual(Line line) {
    if (!line.isBlank()) {
      add(line.cut() ? Optional.empty() : EventParser.parse(line.text()));
    }
  }

  private void add(Optional<Event> event) {
    objects += event.isPresent() ? 1 : 0;
    if (event.isEmpty() || event.get() instanceof Event.Malformed) {
      skipped++;
    } else if (event.get() instanceof Event.Metrics values) {
      builder.add(values);
    }
  }

  private void closeSegment() {
    Segment segment = builder.build();
    metrics.add(segment);
    SegmentSummary summary = SegmentSummary.of(segment, from, offset);
    segments.add(summary);
    target.accept(summary, segment);
    builder = new SegmentBuilder();
    from = offset;
  }
}
