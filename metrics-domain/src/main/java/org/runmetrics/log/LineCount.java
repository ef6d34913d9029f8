package org.runmetrics.log;

import java.io.IOException;
import java.util.Arrays;
import org.runmetrics.line.Line;

/**
 * Counts the last lines of a log in UTF-8, backwards.
 *
 * <p>Lines that show nothing do not count. Single bytes tell what is needed: no byte of a longer
 * character is a line feed or below.
 */
final class LineCount {
  private static final int BLOCK_BYTES = 256 << 10;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final LogFile file;
  private final long wanted;
  private final long maxBytes;

  /** Lines found so far that show something. */
  private long lines;

  /** Whether the end of the line was seen in which the bytes in front lie. */
  private boolean complete;

  private boolean shows;

  /**
   * Counts in a file.
   *
   * @param wanted when to stop
   * @param maxBytes how far back to look
   */
  LineCount(LogFile file, long wanted, long maxBytes) {
    this.file = file;
    this.wanted = wanted;
    this.maxBytes = maxBytes;
  }

  /** Returns how many lines were found. */
  long lines() {
    return lines;
  }

  /**
   * Returns where the last line wanted starts, 0 if there are fewer, or the last one that was found
   * within the bound.
   *
   * @param limit byte offset to start from
   * @param ended whether the limit ends a line
   */
  long startOfLast(long limit, boolean ended) throws IOException {
    complete = ended;
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
      if (limit - end >= maxBytes && lines > 0) {
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
