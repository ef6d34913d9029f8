package org.runmetrics.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.event.EventScanner;
import org.runmetrics.line.LineReader;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunStatus;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;
import org.runmetrics.series.SegmentSummary;

/**
 * Reads event files: whole, what was added, or one segment again.
 *
 * <p>For each run at most one thread at a time calls {@link #load}; any may call {@link #segment}.
 */
final class SeriesLoader {
  private final SegmentStore store;
  private final AtomicLong generations = new AtomicLong();
  private final LongAdder loads = new LongAdder();
  private final LongAdder updates = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder linesRead = new LongAdder();
  private final LongAdder segmentReloads = new LongAdder();

  SeriesLoader(SegmentStore store) {
    this.store = store;
  }

  /** Reads what was added since the last time, or all if the file is another. */
  LoadedRun load(RunDirectory run, Path events, Optional<LoadedRun> previous) throws IOException {
    Instant now = Instant.now();
    boolean running = RunStatus.of(run).isRunning();
    try (EventFile file = EventFile.open(events)) {
      if (previous.isPresent() && file.canContinue(previous.get())) {
        LoadedRun known = previous.get();
        SegmentAssembly assembly =
            SegmentAssembly.resume(known, lastSegment(events, known), target(known.generation()));
        LoadedRun grown = read(file, assembly, known.generation(), running, now);
        forgetLast(known, grown);
        updates.increment();
        return grown;
      }
      long generation = generations.incrementAndGet();
      SegmentAssembly assembly = SegmentAssembly.start(target(generation));
      loads.increment();
      return read(file, assembly, generation, running, now);
    }
  }

  /** Returns a segment from the cache, or reads its lines again. */
  Segment segment(Path events, LoadedRun run, SegmentSummary summary) {
    SegmentKey key = key(run.generation(), summary);
    return store
        .segment(key)
        .orElseGet(
            () -> {
              Segment segment = read(events, run, summary);
              store.put(key, segment);
              return segment;
            });
  }

  /** Tells whether a file's beginning is still what was read. */
  boolean isSame(Path events, LoadedRun run) throws IOException {
    try (EventFile file = EventFile.open(events)) {
      return file.continues(run);
    }
  }

  CacheStatistics statistics(long hits) {
    return new CacheStatistics(
        hits,
        loads.sum(),
        updates.sum(),
        bytesRead.sum(),
        linesRead.sum(),
        store.segmentCount(),
        store.maxSegments(),
        segmentReloads.sum());
  }

  private LoadedRun read(
      EventFile file, SegmentAssembly assembly, long generation, boolean running, Instant now)
      throws IOException {
    long start = assembly.offset();
    LineReader lines = file.lines(start, file.stamp().size());
    while (lines.advance()) {
      assembly.add(lines);
    }
    String rest = lines.rest();
    boolean restRead = !running && !rest.isEmpty() && assembly.addRest(rest, file.stamp().size());
    assembly.finish();
    linesRead.add(assembly.lines());
    bytesRead.add(file.stamp().size() - start);
    return new LoadedRun(
        file.stamp(),
        now,
        generation,
        assembly.offset(),
        file.fingerprint(assembly.offset()),
        running,
        restRead,
        List.copyOf(assembly.segments()),
        assembly.metrics(),
        assembly.counts());
  }

  private Optional<Segment> lastSegment(Path events, LoadedRun run) {
    List<SegmentSummary> segments = run.segments();
    return segments.isEmpty()
        ? Optional.empty()
        : Optional.of(segment(events, run, segments.get(segments.size() - 1)));
  }

  /** Drops the last segment as it was, if it has grown; who still needs it reads it again. */
  private void forgetLast(LoadedRun known, LoadedRun grown) {
    int last = known.segments().size() - 1;
    if (last >= 0 && !known.segments().get(last).equals(grown.segments().get(last))) {
      store.remove(key(known.generation(), known.segments().get(last)));
    }
  }

  private Segment read(Path events, LoadedRun run, SegmentSummary summary) {
    segmentReloads.increment();
    SegmentBuilder builder = new SegmentBuilder();
    try (EventFile file = EventFile.open(events)) {
      if (!file.continues(run)) {
        throw new IOException("The events were replaced while they were read");
      }
      LineReader lines = file.lines(summary.from(), summary.to());
      EventScanner scanner = new EventScanner();
      while (lines.advance()) {
        if (scanner.scan(lines.bytes(), lines.start(), lines.end())) {
          builder.add(scanner.metrics());
        } else if (!lines.isCut()) {
          addMetrics(builder, lines.line().text());
        }
      }
      addMetrics(builder, lines.rest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytesRead.add(summary.to() - summary.from());
    return builder.build();
  }

  private static void addMetrics(SegmentBuilder builder, String text) {
    EventParser.parse(text)
        .filter(Event.Metrics.class::isInstance)
        .map(Event.Metrics.class::cast)
        .ifPresent(builder::add);
  }

  private BiConsumer<SegmentSummary, Segment> target(long generation) {
    return (summary, segment) -> store.put(key(generation, summary), segment);
  }

  private static SegmentKey key(long generation, SegmentSummary summary) {
    return new SegmentKey(generation, summary.from(), summary.to());
  }
}
