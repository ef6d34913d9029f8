package org.runmetrics.series.column;

import java.util.Arrays;

/** Notes which rows of a column have a value; rows come in ascending order. */
final class PresenceBuilder {
  private int length;

  /** A bit for each row, once a row was left out. */
  private long[] words = {};

  /** Notes that a row has a value. */
  void add(int row) {
    if (row > length || words.length > 0) {
      addBit(row);
    }
    length = row + 1;
  }

  /** Goes on where another column ended. */
  void resume(Presence presence) {
    length = presence.length();
    words = presence.words();
  }

  Presence build() {
    return words.length == 0
        ? Presence.all(length)
        : Presence.of(length, Arrays.copyOf(words, (length + 63) >> 6));
  }

  void clear() {
    length = 0;
    words = new long[0];
  }

  private void addBit(int row) {
    int word = row >> 6;
    if (words.length == 0) {
      words = new long[Math.max(word + 1, 16)];
      for (int earlier = 0; earlier < length; earlier++) {
        words[earlier >> 6] |= 1L << earlier;
      }
    } else if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
    }
    words[word] |= 1L << row;
  }
}
