package org.runmetrics.log.row;

import java.io.IOException;
import java.util.List;
import org.runmetrics.line.LineEncoding;
import org.runmetrics.line.LineReader;
import org.runmetrics.log.LogLines;

/**
 * The last rows of a log whose rows are not all counted yet.
 *
 * <p>More and more of the end is read, each time twice as much. How many rows lie in front is
 * estimated; how many lines do is counted.
 */
final class LastRows {
  private static final long FIRST_BYTES = 256 << 10;

  /** As far back as is read, so that rows of any length cost a bounded time. */
  private static final long MAX_BYTES = 16 << 20;

  private static final int BLOCK_BYTES = 128 << 10;

  private final LogLines log;
  private final long size;

  /** As far as rows are counted. */
  private final Mark counted;

  LastRows(LogLines log, long size, Mark counted) {
    this.log = log;
    this.size = size;
    this.counted = counted;
  }

  /**
   * Finds rows.
   *
   * @param fromEnd how many rows before the end the first one is
   * @param count how many at most
   */
  LogWindow window(long fromEnd, int count) throws IOException {
    for (long bytes = FIRST_BYTES; ; bytes *= 2) {
      long from = Math.max(counted.offset(), lineStart(Math.max(0, size - bytes)));
      WindowRows rows = new WindowRows(0, Long.MAX_VALUE, true);
      RowScan scan = new RowScan(log, start(from), size);
      scan.all(rows);
      long seen = scan.row();
      if (seen > fromEnd || bytes >= MAX_BYTES || from == counted.offset()) {
        long before = estimate(from, seen);
        long first = Math.max(0, seen - fromEnd);
        List<LogRow> found =
            rows.rows().stream()
                .filter(row -> row.row() >= first && row.row() < first + count)
                .map(row -> new LogRow(before + row.row(), row.line(), row.offset(), row.text()))
                .toList();
        long offset = found.isEmpty() ? scan.offset() : found.get(found.size() - 1).offset();
        long row = found.isEmpty() ? before + seen : found.get(0).row();
        return new LogWindow(row, before + seen, false, found, offset, size);
      }
    }
  }

  /** A place whose rows count from 0. */
  private Mark start(long from) throws IOException {
    return from == counted.offset()
        ? new Mark(from, 0, counted.line(), counted.held())
        : new Mark(from, 0, counted.line() + lines(counted.offset(), from), Mark.START.held());
  }

  /** As many rows a byte as there are at the end. */
  private long estimate(long from, long seen) {
    double between = (double) (from - counted.offset()) * seen / Math.max(1, size - from);
    return counted.row() + Math.round(between);
  }

  private long lineStart(long offset) throws IOException {
    if (offset == 0) {
      return 0;
    }
    LineReader reader = log.reader(log.encoding().floor(offset), size);
    return reader.advance() ? reader.position() : 0;
  }

  private long lines(long from, long to) throws IOException {
    LineEncoding encoding = log.encoding();
    long lines = 0;
    for (long offset = from; offset < to; ) {
      byte[] block = log.file().bytes(offset, (int) Math.min(BLOCK_BYTES, to - offset));
      if (block.length == 0) {
        return lines;
      }
      lines += encoding == LineEncoding.UTF_8 ? lines(block) : wideLines(block);
      offset += block.length;
    }
    return lines;
  }

  /** So plain that many bytes are compared at once. */
  private static int lines(byte[] block) {
    int lines = 0;
    for (byte octet : block) {
      lines += octet == '\n' ? 1 : 0;
    }
    return lines;
  }

  private int wideLines(byte[] block) {
    LineEncoding encoding = log.encoding();
    int lines = 0;
    int at = encoding.lineFeed(block, 0, block.length);
    while (at >= 0) {
      lines++;
      at = encoding.lineFeed(block, at + encoding.width(), block.length);
    }
    return lines;
  }
}
