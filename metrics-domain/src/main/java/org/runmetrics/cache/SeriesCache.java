package org.runmetrics.cache;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunStatus;
import org.runmetrics.scan.BlockSize;
import org.runmetrics.scan.EventFile;
import org.runmetrics.scan.ScanThreads;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Position;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSource;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;
import org.runmetrics.series.ShortPosition;
import org.runmetrics.settings.CacheSize;

/**
 * The series of all runs, always as their files are now.
 *
 * <p>An unchanged file is answered without reading it, a grown one by reading what was added, and
 * one that was replaced, rewritten or cut is read anew. Requests for one run read it once; requests
 * for different runs never wait for each other. Safe for use by several threads.
 */
public final class SeriesCache implements AutoCloseable {
  /**
   * How long the time of a file's last change may be shared by one more change: a file that was
   * written this shortly before it was read is compared by content as well.
   */
  private static final Duration CLOCK_GRANULARITY = Duration.ofSeconds(2);

  private final SegmentStore store;
  private final ScanThreads threads;
  private final SeriesLoader loader;
  private final Instant started = Instant.now();
  private final LongAdder hits = new LongAdder();

  /** Runs that are being loaded, each with the latch that opens when it is done. */
  private final ConcurrentHashMap<String, CountDownLatch> loading = new ConcurrentHashMap<>();

  /**
   * Starts a cache that is empty, and gone when it is closed.
   *
   * @param size the most that it takes
   * @param scanThreads how many threads may read files at a time, at least 1
   */
  public SeriesCache(CacheSize size, int scanThreads) {
    this(size, new ScanThreads(scanThreads), BlockSize.STANDARD);
  }

  /**
   * Starts a cache with what it held when it was closed, if it has a disk tier.
   *
   * @param size the most that it takes
   * @param scanThreads how many threads may read files at a time, at least 1
   * @param directory where the disk tier lies
   */
  public SeriesCache(CacheSize size, int scanThreads, Path directory) {
    this(size, new ScanThreads(scanThreads), BlockSize.STANDARD, directory);
  }

  SeriesCache(CacheSize size, ScanThreads threads, BlockSize blockSize, Path directory) {
    this(
        new SegmentStore(size, onDisk(size).map(disk -> CacheDirectory.claim(directory))),
        threads,
        blockSize);
  }

  SeriesCache(CacheSize size, ScanThreads threads, BlockSize blockSize) {
    this(
        new SegmentStore(size, onDisk(size).map(disk -> CacheDirectory.temporary())),
        threads,
        blockSize);
  }

  private SeriesCache(SegmentStore store, ScanThreads threads, BlockSize blockSize) {
    this.store = store;
    this.threads = threads;
    this.loader = new SeriesLoader(store, threads, blockSize);
  }

  private static Optional<Long> onDisk(CacheSize size) {
    return Optional.of(size.disk()).filter(disk -> disk > 0);
  }

  /**
   * Returns everything that a run has logged until now.
   *
   * @throws IOException if the file of events cannot be read
   */
  public Series series(RunDirectory run) throws IOException {
    Optional<RegularFile> events = run.events();
    try {
      return events.isEmpty() ? Series.empty() : series(run, events.get());
    } catch (NoSuchFileException goneMeanwhile) {
      return Series.empty();
    }
  }

  /**
   * Returns whether a series of a run goes on where another ended, however long ago that was taken:
   * the events after that position are all that is new.
   *
   * @throws IOException if the file of events cannot be read
   */
  public boolean continues(RunDirectory run, Series series, Position earlier) throws IOException {
    Position now = series.position();
    if (earlier.equals(now) || earlier.equals(Position.START)) {
      return true;
    }
    Optional<RegularFile> events = run.events();
    if (events.isEmpty() || !earlier.mayGrowInto(now)) {
      return false;
    }
    try (EventFile file = EventFile.open(events.get())) {
      // The series itself may be of a file that was replaced meanwhile.
      return file.continues(now) && file.continues(earlier);
    } catch (NoSuchFileException goneMeanwhile) {
      return false;
    }
  }

  /**
   * Returns a position of a run that was told in short, if its file still goes on from there.
   *
   * @throws IOException if the file of events cannot be read
   */
  public Optional<Position> find(RunDirectory run, ShortPosition told) throws IOException {
    Optional<RegularFile> events = run.events();
    if (told.isStart() || events.isEmpty()) {
      return told.isStart() ? Optional.of(Position.START) : Optional.empty();
    }
    try (EventFile file = EventFile.open(events.get())) {
      return file.find(told);
    } catch (NoSuchFileException goneMeanwhile) {
      return Optional.empty();
    }
  }

  /**
   * Returns whether series may be asked for: tiers that fail are replaced, so until it is closed.
   */
  public boolean isUsable() {
    return store.isOpen();
  }

  /** Returns what the cache has done since it started. */
  public CacheStatistics statistics() {
    return loader.statistics(hits.sum(), loading.size());
  }

  /**
   * Frees all memory and writes to disk what is not there yet; no series may be asked for any more.
   */
  @Override
  public void close() {
    threads.close();
    store.close();
  }

  private Series series(RunDirectory run, RegularFile found) throws IOException {
    RegularFile events = found;
    // Not the path: its text is not unique in the C locale, see PathName.
    String path = run.relative();
    while (true) {
      Optional<LoadedRun> known = store.run(path);
      if (known.isPresent() && isCurrent(run, events, known.get())) {
        hits.increment();
        return snapshot(events, known.get());
      }
      CountDownLatch done = new CountDownLatch(1);
      CountDownLatch other = loading.putIfAbsent(path, done);
      if (other == null) {
        try {
          // Asked again: what loaded before may have finished since.
          LoadedRun loaded = loader.load(run, events, store.run(path));
          store.put(path, loaded);
          return snapshot(events, loaded);
        } finally {
          loading.remove(path);
          done.countDown();
        }
      }
      // What the other read may have been older than what this request must see: look again.
      await(other);
      events = run.events().orElseThrow(() -> new NoSuchFileException("the events"));
    }
  }

  private boolean isCurrent(RunDirectory run, RegularFile events, LoadedRun known)
      throws IOException {
    if (!events.stamp().equals(known.stamp())) {
      return false;
    }
    if ((known.hasRest() || known.restRead()) && known.running() != RunStatus.of(run).isRunning()) {
      return false;
    }
    Instant now = Instant.now();
    Instant loaded = known.loadedAt();
    boolean settled = loaded.isAfter(known.stamp().modified().toInstant().plus(CLOCK_GRANULARITY));
    boolean loadedHere = !loaded.isBefore(started) && !loaded.isAfter(now);
    if (settled && loadedHere) {
      return true;
    }
    if (!loader.isSame(events, known)) {
      return false;
    }
    if (settled) {
      // A server compares what it found on disk once.
      store.put(run.relative(), known.seenAt(now));
    }
    return true;
  }

  private Series snapshot(RegularFile events, LoadedRun run) {
    return new Series(
        run.metrics(),
        run.segments(),
        run.images(),
        run.counts().skipped(),
        run.isDamaged(),
        run.position(),
        new SegmentSource() {
          @Override
          public Segment segment(SegmentSummary summary) {
            return loader.segment(events, run, summary);
          }

          @Override
          public Segment merged(List<SegmentSummary> parts, Axis axis, Supplier<Segment> merge) {
            return loader.merged(run, parts, axis, merge);
          }
        });
  }

  private static void await(CountDownLatch other) throws IOException {
    try {
      other.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while another request read the run", e);
    }
  }
}
