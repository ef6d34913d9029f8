package org.runmetrics.series.column;

/**
 * Sum and extremes of integers as distances to their base, gathered one stretch after the other.
 *
 * <p>Extremes are kept as ints, shifted so that 32 bits without a sign compare like those with one:
 * of ints the processor takes the smaller one without a branch. Plain fields for the innermost
 * loops. Not safe for use by several threads.
 */
final class Distances {
  /** What an extreme is kept as, above its distance. */
  static final int SHIFT = Integer.MIN_VALUE;

  /** Where the minimum is in the long of both extremes. */
  private static final int MIN_BITS = 32;

  int min = Integer.MAX_VALUE;
  int max = Integer.MIN_VALUE;
  long sum;

  void clear() {
    min = Integer.MAX_VALUE;
    max = Integer.MIN_VALUE;
    sum = 0;
  }

  void add(Distances other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    sum += other.sum;
  }

  /** Adds extremes as {@link #extremes} tells them. */
  void addExtremes(long extremes) {
    min = Math.min(min, (int) (extremes >>> MIN_BITS));
    max = Math.max(max, (int) extremes);
  }

  /** Adds extremes side by side. */
  void addExtremes(long[] all, int from, int to) {
    int smaller = min;
    int larger = max;
    for (int i = from; i < to; i++) {
      smaller = Math.min(smaller, (int) (all[i] >>> MIN_BITS));
      larger = Math.max(larger, (int) all[i]);
    }
    min = smaller;
    max = larger;
  }

  /** Returns both extremes, 32 bits each. */
  long extremes() {
    return pair(min, max);
  }

  /** Returns extremes after all distances have grown by a shift. */
  static long moved(long extremes, long shift) {
    return pair((int) ((extremes >>> MIN_BITS) + shift), (int) (extremes + shift));
  }

  /** Returns one of both extremes. */
  static int extreme(long extremes, boolean smallest) {
    return (int) (smallest ? extremes >>> MIN_BITS : extremes);
  }

  private static long pair(int min, int max) {
    return (long) min << MIN_BITS | Integer.toUnsignedLong(max);
  }

  long smallest() {
    return Integer.toUnsignedLong(min - SHIFT);
  }

  long largest() {
    return Integer.toUnsignedLong(max - SHIFT);
  }
}
