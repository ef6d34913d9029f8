package org.runmetrics.event;

import java.util.Arrays;

/** A piece of text that lines of one shape have in common; compared eight bytes at a time. */
final class Fragment {
  private final int length;
  private final long[] words;

  /** Which bits of the last word count. */
  private final long lastMask;

  Fragment(byte[] text) {
    length = text.length;
    words = new long[(length + Long.BYTES - 1) / Long.BYTES];
    byte[] padded = Arrays.copyOf(text, words.length * Long.BYTES);
    for (int i = 0; i < words.length; i++) {
      words[i] = Words.load(padded, i * Long.BYTES);
    }
    int rest = length % Long.BYTES;
    lastMask = rest == 0 ? -1 : (1L << (8 * rest)) - 1;
  }

  /**
   * Returns where a line goes on behind the fragment, or {@link EventScanner#NOT_USUAL}.
   *
   * @param limit end of the text
   */
  int skip(byte[] bytes, int position, int limit) {
    if (position + length > limit) {
      return EventScanner.NOT_USUAL;
    }
    int last = words.length - 1;
    for (int i = 0; i < last; i++) {
      if (Words.load(bytes, position + i * Long.BYTES) != words[i]) {
        return EventScanner.NOT_USUAL;
      }
    }
    if (last >= 0) {
      long word = Words.load(bytes, position + last * Long.BYTES);
      if (((word ^ words[last]) & lastMask) != 0) {
        return EventScanner.NOT_USUAL;
      }
    }
    return position + length;
  }
}
