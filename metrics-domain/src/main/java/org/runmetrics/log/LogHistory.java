package org.runmetrics.log;

import java.io.IOException;
import java.util.Arrays;
import org.runmetrics.line.Line;

/**
 * Finds where the last lines of a log start.
 *
 * <p>Reads the log once from its start; memory is eight bytes for each line asked for. Lines that
 * show nothing do not count, nor does a half line at the end. Single bytes tell what is needed: no
 * byte of a longer UTF-8 character is a line feed or below.
 */
final class LogHistory {
  private static final int BLOCK_BYTES = 256 << 10;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final int wanted;

  /** Starts of the last lines seen, as a ring once it is full; grows to what is wanted. */
  private long[] starts = new long[0];

  private long total;
  private long lineStart;
  private boolean shows;

  private LogHistory(int wanted) {
    this.wanted = wanted;
  }

  /**
   * Finds the last lines in front of an offset.
   *
   * @param limit byte offset to stop at, usually the file's size
   * @param wanted how many lines, at least 1
   */
  static LogStart last(LogFile file, long limit, int wanted) throws IOException {
    LogHistory history = new LogHistory(wanted);
    for (long offset = 0; offset < limit; ) {
      byte[] block = file.bytes(offset, (int) Math.min(BLOCK_BYTES, limit - offset));
      if (block.length == 0) {
        break;
      }
      history.take(block, offset);
      offset += block.length;
    }
    return history.start();
  }

  private void take(byte[] block, long offset) {
    int first = offset == 0 && startsWithByteOrderMark(block) ? BYTE_ORDER_MARK.length : 0;
    for (int i = first; i < block.length; i++) {
      if (block[i] == '\n') {
        endLine(offset + i + 1);
      } else if (!Line.isBlank(block[i])) {
        shows = true;
      }
    }
  }

  private void endLine(long end) {
    if (shows) {
      int slot = (int) (total % wanted);
      if (slot >= starts.length) {
        starts = Arrays.copyOf(starts, (int) Math.min(wanted, Math.max(1024, slot * 2L)));
      }
      starts[slot] = lineStart;
      total++;
    }
    lineStart = end;
    shows = false;
  }

  private LogStart start() {
    if (total <= wanted) {
      return new LogStart(0, total, total);
    }
    return new LogStart(starts[(int) (total % wanted)], wanted, total);
  }

  private static boolean startsWithByteOrderMark(byte[] block) {
    int length = BYTE_ORDER_MARK.length;
    return block.length >= length && Arrays.equals(block, 0, length, BYTE_ORDER_MARK, 0, length);
  }
}
