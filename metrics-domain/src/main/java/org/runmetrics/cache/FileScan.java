package org.runmetrics.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;

/**
 * Reads a stretch of a file block by block, by several threads where there are.
 *
 * <p>Threads take the blocks in order; what they find is put together in the order of the file, so
 * the result is that of one thread.
 */
final class FileScan {
  private final ScanThreads threads;
  private final Path path;
  private final EventFile file;
  private final BiConsumer<SegmentSummary, Segment> target;
  private final BlockScan scan;

  /**
   * Prepares to read a file.
   *
   * @param path the file, for threads that open it anew
   * @param file the file
   * @param target takes each segment, from several threads
   */
  FileScan(
      ScanThreads threads, Path path, EventFile file, BiConsumer<SegmentSummary, Segment> target) {
    this.threads = threads;
    this.path = path;
    this.file = file;
    this.target = target;
    this.scan = new BlockScan(target);
  }

  /** Continues the last segment; see {@link BlockScan#resume}. */
  void resume(Segment last, long start) {
    scan.resume(last, start);
  }

  /** Reads all complete lines behind an offset. */
  Scanned lines(long offset) throws IOException {
    long end = BlockScan.endOf(offset);
    Scanned first = turn(() -> scan.scan(file, offset), file.stamp().size() - offset);
    return end < file.stamp().size() ? first.then(blocks(end)) : first;
  }

  /** Reads the text behind the last line, if it is a JSON object. */
  Scanned rest(long offset) throws IOException {
    return scan.scanRest(file, offset);
  }

  /** What is small needs no turn: it takes less time than to wait for one. */
  private Scanned turn(ScanThreads.Work<Scanned> work, long bytes) throws IOException {
    return bytes < BlockScan.BYTES / 4 ? work.run() : threads.turn(work);
  }

  private Scanned blocks(long start) throws IOException {
    List<Long> starts = new ArrayList<>();
    for (long block = start; block < file.stamp().size(); block += BlockScan.BYTES) {
      starts.add(block);
    }
    List<CompletableFuture<Scanned>> results =
        starts.stream().map(block -> new CompletableFuture<Scanned>()).toList();
    AtomicInteger next = new AtomicInteger();
    for (int i = 0; i < Math.min(threads.helpers(), starts.size() - 1); i++) {
      threads.help(() -> help(starts, results, next));
    }
    take(scan, file, starts, results, next);
    Scanned all = Scanned.nothing(0);
    for (CompletableFuture<Scanned> result : results) {
      all = all.then(join(result));
    }
    return all;
  }

  private void help(
      List<Long> starts, List<CompletableFuture<Scanned>> results, AtomicInteger next) {
    try (EventFile own = file.openAgain(path)) {
      take(new BlockScan(target), own, starts, results, next);
    } catch (IOException replaced) {
      // The thread that asked reads what is left, from the file that it holds open.
      return;
    }
  }

  private void take(
      BlockScan blockScan,
      EventFile from,
      List<Long> starts,
      List<CompletableFuture<Scanned>> results,
      AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < starts.size(); i = next.getAndIncrement()) {
      long start = starts.get(i);
      CompletableFuture<Scanned> result = results.get(i);
      try {
        result.complete(threads.turn(() -> blockScan.scanBlock(from, start)));
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
