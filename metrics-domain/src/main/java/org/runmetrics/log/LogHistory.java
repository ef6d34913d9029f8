package org.runmetrics.log;

import java.io.IOException;
import java.util.Arrays;
import org.runmetrics.line.Line;

/**
 * Finds where the last lines of a log start, from its end.
 *
 * <p>So a long log opens as fast as a short one. Lines that show nothing do not count, nor does a
 * half line at the end. Single bytes tell what is needed: no byte of a longer UTF-8 character is a
 * line feed or below.
 */
final class LogHistory {
  private static final int BLOCK_BYTES = 256 << 10;

  /** As far back as is looked, so that lines of any length cost a bounded time. */
  private static final long MAX_BYTES = 256 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final LogFile file;
  private final long wanted;
  private final long countedBytes;

  /** Lines found so far that show something. */
  private long lines;

  /** Whether the end of the line was seen in which the bytes in front lie. */
  private boolean complete;

  private boolean shows;

  /**
   * Looks into a log.
   *
   * @param wanted how many lines, at least 1
   * @param countedBytes if no more lie in front of the last lines, their lines are counted; if more
   *     do, estimated
   */
  LogHistory(LogFile file, long wanted, long countedBytes) {
    this.file = file;
    this.wanted = wanted;
    this.countedBytes = countedBytes;
  }

  /**
   * Finds the last lines in front of an offset.
   *
   * @param limit byte offset to stop at, usually the file's size
   */
  LogStart last(long limit) throws IOException {
    long start = startOfLast(limit);
    if (start == 0) {
      return new LogStart(0, lines, lines, true);
    }
    if (start > countedBytes) {
      // As many lines a byte as there are at the end.
      double left = (double) start * lines / (limit - start);
      return new LogStart(start, lines, lines + Math.max(1, Math.round(left)), false);
    }
    LogHistory left = new LogHistory(file, Long.MAX_VALUE, 0);
    long unusedStart = left.startOfLast(start);
    return left.lines == 0
        ? new LogStart(0, lines, lines, true)
        : new LogStart(start, lines, lines + left.lines, true);
  }

  /**
   * Counts lines backwards and returns where the last one wanted starts, 0 if there are fewer, or
   * the last one that was found within the bound.
   */
  private long startOfLast(long limit) throws IOException {
    long end = limit;
    long start = limit;
    while (end > 0) {
      long from = Math.max(0, end - BLOCK_BYTES);
      byte[] block = file.bytes(from, (int) (end - from));
      int first = from == 0 && startsWithByteOrderMark(block) ? BYTE_ORDER_MARK.length : 0;
      for (int i = block.length - 1; i >= first; i--) {
        if (block[i] == '\n') {
          endLine();
          start = from + i + 1;
          if (lines == wanted) {
            return start;
          }
          complete = true;
        } else {
          shows |= !Line.isBlank(block[i]);
        }
      }
      end = from;
      if (limit - end >= MAX_BYTES && lines > 0) {
        return start;
      }
    }
    endLine();
    return 0;
  }

  /** Counts the line whose bytes were seen, and goes on to the one in front. */
  private void endLine() {
    if (complete && shows) {
      lines++;
    }
    shows = false;
  }

  private static boolean startsWithByteOrderMark(byte[] block) {
    int length = BYTE_ORDER_MARK.length;
    return block.length >= length && Arrays.equals(block, 0, length, BYTE_ORDER_MARK, 0, length);
  }
}
