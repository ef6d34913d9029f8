package org.runmetrics.series.column;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Which rows of a column hold a value, and where among the values it lies.
 *
 * <p>A column that has a value in every row needs nothing but their number; any other has a bit for
 * each row, and for each 64 rows the number of values before them. Immutable.
 */
final class Presence {
  private static final long[] NO_WORDS = {};

  /** Rows up to the last one that has a value. */
  private final int length;

  private final int count;

  /** A bit for each row, or nothing if all have a value. */
  private final long[] words;

  /** Values in front of each word. */
  private final int[] ranks;

  private Presence(int length, int count, long[] words, int[] ranks) {
    this.length = length;
    this.count = count;
    this.words = words;
    this.ranks = ranks;
  }

  /** Every row up to a length has a value. */
  static Presence all(int length) {
    return new Presence(length, length, NO_WORDS, new int[0]);
  }

  /**
   * Takes a bit for each row.
   *
   * @param length rows up to the last bit that is set
   */
  static Presence of(int length, long[] words) {
    int[] ranks = new int[words.length];
    int count = 0;
    for (int i = 0; i < words.length; i++) {
      ranks[i] = count;
      count += Long.bitCount(words[i]);
    }
    return count == length ? all(length) : new Presence(length, count, words, ranks);
  }

  /** Returns the number of rows up to the last one that has a value. */
  int length() {
    return length;
  }

  /** Returns the number of values. */
  int count() {
    return count;
  }

  /** Returns whether each row up to the length has a value. */
  boolean isDense() {
    return count == length;
  }

  boolean has(int row) {
    return row < length && (isDense() || (words[row >> 6] >>> row & 1) != 0);
  }

  /** Returns the place of the first value at or after a row. */
  int index(int row) {
    if (row >= length) {
      return count;
    }
    return isDense() ? row : ranks[row >> 6] + Long.bitCount(words[row >> 6] & ((1L << row) - 1));
  }

  /** Returns the row of a value, which is there. */
  int row(int index) {
    if (isDense()) {
      return index;
    }
    int word = Arrays.binarySearch(ranks, index);
    if (word < 0) {
      word = -word - 2;
    }
    while (word + 1 < ranks.length && ranks[word + 1] <= index) {
      word++;
    }
    long bits = words[word];
    for (int skip = index - ranks[word]; skip > 0; skip--) {
      bits &= bits - 1;
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** Returns a copy of the bits, empty if every row has a value. */
  long[] words() {
    return words.clone();
  }

  boolean isSame(Presence other) {
    return length == other.length && Arrays.equals(words, other.words);
  }

  int bytes() {
    return 2 * Integer.BYTES + words.length * (Long.BYTES + Integer.BYTES);
  }

  void encode(ByteBuffer target) {
    target.putInt(length).putInt(words.length);
    for (long word : words) {
      target.putLong(word);
    }
  }

  static Presence decode(ByteBuffer source) {
    int length = source.getInt();
    long[] words = new long[source.getInt()];
    for (int i = 0; i < words.length; i++) {
      words[i] = source.getLong();
    }
    return words.length == 0 ? all(length) : of(length, words);
  }
}
