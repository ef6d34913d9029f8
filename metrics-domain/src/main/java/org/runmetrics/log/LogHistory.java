package org.runmetrics.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.runmetrics.line.LineEncoding;
import org.runmetrics.line.LineReader;

/**
 * Finds where the last lines that a reader sees start, from the end of a log.
 *
 * <p>So a long log opens as fast as a short one. Where all lines are seen they are counted
 * backwards; otherwise more and more of the end is seen as the reader will see it, each time twice
 * as much.
 */
final class LogHistory {
  private static final long FIRST_BYTES = 256 << 10;

  /** As far back as is looked, so that lines of any length cost a bounded time. */
  private static final long MAX_BYTES = 256 << 20;

  private final LogLines log;
  private final LogView view;
  private final long wanted;
  private final long countedBytes;

  /**
   * Looks into a log.
   *
   * @param view what the reader sees; it will leave out what it would see in front of the last
   *     lines
   * @param wanted how many lines, at least 1
   * @param countedBytes if no more lie in front of the last lines, their lines are counted; if more
   *     do, estimated
   */
  LogHistory(LogLines log, LogView view, long wanted, long countedBytes) {
    this.log = log;
    this.view = view;
    this.wanted = wanted;
    this.countedBytes = countedBytes;
  }

  /**
   * Finds the last lines in front of an offset.
   *
   * @param limit byte offset to stop at, usually the file's size
   */
  LogStart last(long limit) throws IOException {
    return view.keepsAll() && log.encoding() == LineEncoding.UTF_8
        ? lastOfAll(limit)
        : lastSeen(limit);
  }

  private LogStart lastOfAll(long limit) throws IOException {
    LineCount end = new LineCount(log.file(), wanted, MAX_BYTES);
    long start = end.startOfLast(limit, log.ended());
    if (start == 0) {
      return new LogStart(0, end.lines(), end.lines(), true);
    }
    if (start > countedBytes) {
      return estimated(start, end.lines(), limit);
    }
    LineCount front = new LineCount(log.file(), Long.MAX_VALUE, MAX_BYTES);
    long unusedStart = front.startOfLast(start, false);
    return front.lines() == 0
        ? new LogStart(0, end.lines(), end.lines(), true)
        : new LogStart(start, end.lines(), end.lines() + front.lines(), true);
  }

  private LogStart lastSeen(long limit) throws IOException {
    for (long bytes = FIRST_BYTES; ; bytes *= 2) {
      long from = lineStart(Math.max(0, limit - bytes), limit);
      Seen seen = see(from, limit);
      if (seen.count() > wanted) {
        return startAfter(seen.ends().getFirst(), limit);
      }
      if (from == 0) {
        return new LogStart(0, seen.count(), seen.count(), true);
      }
      if (bytes >= MAX_BYTES) {
        return estimated(from, seen.count(), limit);
      }
    }
  }

  /** Starts so that the last lines wanted are seen, and no more. */
  private LogStart startAfter(long start, long limit) throws IOException {
    long rest = see(start, limit).count();
    long lines = Math.min(rest, wanted);
    view.skip(rest - lines);
    return start > countedBytes
        ? estimated(start, lines, limit)
        : new LogStart(start, lines, Math.max(lines, see(0, limit).count()), true);
  }

  /** As many lines a byte as there are at the end. */
  private static LogStart estimated(long start, long lines, long limit) {
    double left = (double) start * lines / (limit - start);
    return new LogStart(start, lines, lines + Math.max(1, Math.round(left)), false);
  }

  /**
   * What a reader sees between two offsets.
   *
   * @param ends offsets of the last lines, one more than are wanted
   */
  private record Seen(long count, Deque<Long> ends) {}

  private Seen see(long from, long limit) throws IOException {
    LogView fresh = view.anew();
    Deque<Long> ends = new ArrayDeque<>();
    long[] count = {0};
    log.readAll(
        from,
        limit,
        line -> {
          for (ShownLine shown : fresh.show(line)) {
            count[0] += note(ends, shown);
          }
        });
    for (ShownLine shown : fresh.settle()) {
      count[0] += note(ends, shown);
    }
    return new Seen(count[0], ends);
  }

  private int note(Deque<Long> ends, ShownLine shown) {
    ends.addLast(shown.offset());
    if (ends.size() > wanted + 1) {
      ends.removeFirst();
    }
    return 1;
  }

  /** Returns the start of the first line at or after an offset. */
  private long lineStart(long offset, long limit) throws IOException {
    if (offset == 0) {
      return 0;
    }
    LineReader reader = log.reader(log.encoding().floor(offset), limit);
    return reader.advance() ? reader.position() : 0;
  }
}
