package org.runmetrics.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.runmetrics.file.RegularFile;
import org.runmetrics.line.LineReader;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;

/**
 * Reads a byte range of a file block by block, by several threads where there are.
 *
 * <p>Threads take the blocks in order; what they find is put together in the order of the file, so
 * the result is that of one thread.
 */
public final class FileScan {
  private final BlockSize blockSize;
  private final ScanThreads threads;
  private final RegularFile path;
  private final EventFile file;
  private final BiConsumer<SegmentSummary, Segment> target;
  private final BlockScan scan;

  /**
   * Prepares to read a file.
   *
   * @param blockSize how it is cut
   * @param path the file, for threads that open it anew
   * @param file the file
   * @param target takes each segment, from several threads
   */
  public FileScan(
      BlockSize blockSize,
      ScanThreads threads,
      RegularFile path,
      EventFile file,
      BiConsumer<SegmentSummary, Segment> target) {
    this.blockSize = blockSize;
    this.threads = threads;
    this.path = path;
    this.file = file;
    this.target = target;
    this.scan = new BlockScan(blockSize, target);
  }

  /** Continues the last segment; see {@link BlockScan#resume}. */
  public void resume(SegmentSummary summary, Segment last) {
    scan.resume(summary, last);
  }

  /** Reads all complete lines after an offset. */
  public Scanned lines(long offset) throws IOException {
    List<Scanned> found = new ArrayList<>();
    found.add(turn(pause -> scan.scan(file, offset, pause), file.stamp().size() - offset));
    readBlocks(blockSize.endOf(offset), found);
    return Scanned.all(found);
  }

  /** Reads the text after the last line, if it is a JSON object. */
  public Scanned rest(long offset) throws IOException {
    return scan.scanRest(file, offset);
  }

  /**
   * Reads the rows of one segment again.
   *
   * @param from offset where its rows start
   * @param to offset after them
   */
  public static Segment segment(EventFile file, long from, long to) throws IOException {
    EventLines lines = new EventLines();
    LineReader reader = file.linesWithin(from, to);
    while (lines.read(reader)) {
      // Goes on until the range ends.
    }
    // A last line without a line feed was taken for one.
    lines.read(reader.rest());
    return lines.builder().build();
  }

  /** What is small needs no turn: it takes less time than to wait for one. */
  private Scanned turn(ScanThreads.Work<Scanned> work, long bytes) throws IOException {
    return blockSize.isShort(bytes) ? work.run(() -> {}) : threads.turn(work);
  }

  /** Reads the blocks from one of them on, if there are any. */
  private void readBlocks(long start, List<Scanned> found) throws IOException {
    long[] starts = blockSize.startsFrom(start, file.stamp().size());
    List<CompletableFuture<Scanned>> results =
        Stream.generate(CompletableFuture<Scanned>::new).limit(starts.length).toList();
    AtomicInteger next = new AtomicInteger();
    for (int i = 0; i < Math.min(threads.helpers(), starts.length - 1); i++) {
      threads.help(() -> help(starts, results, next));
    }
    take(scan, file, starts, results, next);
    for (CompletableFuture<Scanned> result : results) {
      found.add(join(result));
    }
  }

  private void help(long[] starts, List<CompletableFuture<Scanned>> results, AtomicInteger next) {
    try (EventFile own = file.openAgain(path)) {
      take(new BlockScan(blockSize, target), own, starts, results, next);
    } catch (IOException replaced) {
      // The thread that asked reads what is left, from the file that it holds open.
      return;
    }
  }

  private void take(
      BlockScan blockScan,
      EventFile from,
      long[] starts,
      List<CompletableFuture<Scanned>> results,
      AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < starts.length; i = next.getAndIncrement()) {
      long start = starts[i];
      CompletableFuture<Scanned> result = results.get(i);
      try {
        result.complete(threads.turn(pause -> blockScan.scanBlock(from, start, pause)));
      } catch (IOException | RuntimeException | Error failed) {
        result.completeExceptionally(failed);
      }
    }
  }

  private static Scanned join(CompletableFuture<Scanned> result) throws IOException {
    try {
      return result.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new UncheckedIOException(new IOException("A block could not be read", failed));
    }
  }
}
