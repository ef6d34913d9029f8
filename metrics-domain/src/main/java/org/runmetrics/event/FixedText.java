package org.runmetrics.event;

import java.util.Arrays;

/**
 * Text that all lines of one template hold at the same place; compared eight bytes at a time.
 *
 * <p>Most are no longer than 16 bytes, which takes two comparisons and no loop.
 */
final class FixedText {
  private final int length;

  /** The first 16 bytes, and which bits of them count. */
  private final long first;

  private final long firstMask;
  private final long second;
  private final long secondMask;

  /** Further words, of which the last one lies so that it ends with the text. */
  private final long[] others;

  FixedText(byte[] text) {
    length = text.length;
    byte[] padded = Arrays.copyOf(text, Math.max(length, 2 * Long.BYTES));
    first = Words.load(padded, 0);
    firstMask = mask(length);
    second = Words.load(padded, Long.BYTES);
    secondMask = mask(length - Long.BYTES);
    others = new long[Math.max(0, (length - Long.BYTES - 1) / Long.BYTES)];
    for (int i = 0; i < others.length; i++) {
      others[i] = Words.load(text, place(i));
    }
  }

  /**
   * Returns where a line goes on after the text, or {@link EventScanner#NOT_USUAL}.
   *
   * @param limit end of the text
   */
  int skip(byte[] bytes, int position, int limit) {
    long difference =
        ((Words.load(bytes, position) ^ first) & firstMask)
            | ((Words.load(bytes, position + Long.BYTES) ^ second) & secondMask);
    int behind = position + length;
    if (difference != 0 || behind > limit) {
      return EventScanner.NOT_USUAL;
    }
    for (int i = 0; i < others.length; i++) {
      if (Words.load(bytes, position + place(i)) != others[i]) {
        return EventScanner.NOT_USUAL;
      }
    }
    return behind;
  }

  private int place(int other) {
    return Math.min(2 * Long.BYTES + other * Long.BYTES, length - Long.BYTES);
  }

  private static long mask(int bytes) {
    if (bytes <= 0) {
      return 0;
    }
    return bytes >= Long.BYTES ? -1 : (1L << (8 * bytes)) - 1;
  }
}
