package org.runmetrics.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunStatus;
import org.runmetrics.scan.BlockSize;
import org.runmetrics.scan.EventFile;
import org.runmetrics.scan.FileScan;
import org.runmetrics.scan.Fingerprint;
import org.runmetrics.scan.ScanThreads;
import org.runmetrics.scan.Scanned;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;

/**
 * Reads event files: whole, what was added, or one segment again.
 *
 * <p>For each run at most one thread at a time calls {@link #load}; any may call {@link #segment}.
 */
final class SeriesLoader {
  private static final int MAX_ATTEMPTS = 5;

  private final SegmentStore store;
  private final ScanThreads threads;
  private final BlockSize blockSize;
  private final SecureRandom generations = new SecureRandom();
  private final LongAdder loads = new LongAdder();
  private final LongAdder updates = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder linesRead = new LongAdder();
  private final LongAdder linesSkipped = new LongAdder();
  private final LongAdder readNanos = new LongAdder();
  private final LongAdder segmentReloads = new LongAdder();

  SeriesLoader(SegmentStore store, ScanThreads threads, BlockSize blockSize) {
    this.store = store;
    this.threads = threads;
    this.blockSize = blockSize;
  }

  /**
   * Reads what was added since the last time, or all if the file is another.
   *
   * @throws IOException if the file cannot be read, or is rewritten again and again meanwhile
   */
  LoadedRun load(RunDirectory run, RegularFile events, Optional<LoadedRun> previous)
      throws IOException {
    long start = System.nanoTime();
    try {
      return loadUnchanged(run, events, previous);
    } finally {
      readNanos.add(System.nanoTime() - start);
    }
  }

  private LoadedRun loadUnchanged(
      RunDirectory run, RegularFile events, Optional<LoadedRun> previous) throws IOException {
    Optional<LoadedRun> known = previous;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Instant now = Instant.now();
      boolean running = RunStatus.of(run).isRunning();
      try (EventFile file = EventFile.open(events)) {
        Fingerprint opened = file.fingerprint(file.stamp().size());
        LoadedRun loaded =
            known.isPresent() && known.get().mayGrowInto(file)
                ? update(events, file, known.get(), running, now)
                : readAll(events, file, running, now);
        // What was read may be of two files if one was written over the other meanwhile.
        if (file.continues(file.stamp(), opened)) {
          return loaded;
        }
        forget(loaded);
        known = Optional.empty();
      }
    }
    throw new IOException("The events were rewritten while they were read");
  }

  /** Returns a segment from the cache, or reads its lines again. */
  Segment segment(RegularFile events, LoadedRun run, SegmentSummary summary) {
    return segment(key(run.generation(), summary), () -> read(events, run, summary));
  }

  /** Returns segments, in the order of the file, as they were merged before, or merges them. */
  Segment merged(LoadedRun run, List<SegmentSummary> parts, Axis axis, Supplier<Segment> merge) {
    SegmentKey key =
        new SegmentKey(
            run.generation(),
            SegmentKey.Rows.by(axis),
            parts.get(0).from(),
            parts.get(parts.size() - 1).to());
    return segment(key, merge);
  }

  private Segment segment(SegmentKey key, Supplier<Segment> source) {
    return store
        .segment(key)
        .orElseGet(
            () -> {
              Segment segment = source.get();
              store.put(key, segment);
              return segment;
            });
  }

  /** Returns whether a file's beginning is still what was read. */
  boolean isSame(RegularFile events, LoadedRun run) throws IOException {
    try (EventFile file = EventFile.open(events)) {
      return run.isContinuedBy(file);
    }
  }

  CacheStatistics statistics(long hits, int loadsUnderWay) {
    return new CacheStatistics(
        hits,
        loads.sum(),
        updates.sum(),
        bytesRead.sum(),
        linesRead.sum(),
        linesSkipped.sum(),
        readNanos.sum() / 1e9,
        loadsUnderWay,
        segmentReloads.sum(),
        store.heap(),
        store.offheap(),
        store.disk());
  }

  private LoadedRun readAll(RegularFile events, EventFile file, boolean running, Instant now)
      throws IOException {
    loads.increment();
    long generation = generations.nextLong();
    FileScan scan = scan(events, file, generation);
    return read(scan, file, Scanned.nothing(0), generation, running, now);
  }

  /** Reads what was added; the last segment is continued if that starts in the same block. */
  private LoadedRun update(
      RegularFile events, EventFile file, LoadedRun known, boolean running, Instant now)
      throws IOException {
    updates.increment();
    FileScan scan = scan(events, file, known.generation());
    List<SegmentSummary> segments = new ArrayList<>(known.segments());
    if (!segments.isEmpty()) {
      SegmentSummary last = segments.get(segments.size() - 1);
      if (blockSize.endOf(last.from()) == blockSize.endOf(known.offset())) {
        scan.resume(last, segment(events, known, last));
        segments.remove(last);
      }
    }
    Scanned before =
        new Scanned(known.offset(), segments, known.metrics(), known.images(), known.counts());
    LoadedRun grown = read(scan, file, before, known.generation(), running, now);
    forgetLast(known, grown);
    return grown;
  }

  /** Reads the lines that follow, and the text after the last line if nobody will write its end. */
  private LoadedRun read(
      FileScan scan, EventFile file, Scanned before, long generation, boolean running, Instant now)
      throws IOException {
    Scanned lines = scan.lines(before.offset());
    boolean mayEnd = !running && lines.offset() < file.stamp().size();
    Scanned rest = mayEnd ? scan.rest(lines.offset()) : Scanned.nothing(lines.offset());
    linesRead.add(lines.counts().lines() + rest.counts().lines());
    linesSkipped.add(lines.counts().skipped() + rest.counts().skipped());
    bytesRead.add(file.stamp().size() - before.offset());
    Scanned all = Scanned.all(List.of(before, lines, rest));
    return new LoadedRun(
        file.stamp(),
        now,
        generation,
        all.offset(),
        file.fingerprint(all.offset()),
        running,
        rest.offset() > lines.offset(),
        all.segments(),
        all.metrics(),
        all.images(),
        all.counts());
  }

  private FileScan scan(RegularFile events, EventFile file, long generation) {
    return new FileScan(
        blockSize,
        threads,
        events,
        file,
        (summary, segment) -> store.put(key(generation, summary), segment));
  }

  /** Drops the last segment as it was, if it has grown; what still needs it reads it again. */
  private void forgetLast(LoadedRun known, LoadedRun grown) {
    int last = known.segments().size() - 1;
    if (last >= 0 && !known.segments().get(last).equals(grown.segments().get(last))) {
      store.remove(key(known.generation(), known.segments().get(last)));
    }
  }

  private void forget(LoadedRun run) {
    run.segments().forEach(summary -> store.remove(key(run.generation(), summary)));
  }

  private Segment read(RegularFile events, LoadedRun run, SegmentSummary summary) {
    segmentReloads.increment();
    bytesRead.add(summary.to() - summary.from());
    long start = System.nanoTime();
    try {
      return threads.turn(pause -> readLines(events, run, summary));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      readNanos.add(System.nanoTime() - start);
    }
  }

  private static Segment readLines(RegularFile events, LoadedRun run, SegmentSummary summary)
      throws IOException {
    try (EventFile file = EventFile.open(events)) {
      if (!run.isContinuedBy(file)) {
        throw new IOException("The events were replaced while they were read");
      }
      return FileScan.segment(file, summary.from(), summary.to());
    }
  }

  private static SegmentKey key(long generation, SegmentSummary summary) {
    return new SegmentKey(generation, SegmentKey.Rows.EVENTS, summary.from(), summary.to());
  }
}
