package org.runmetrics.series;

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

  int min = Integer.MAX_VALUE;
  int max = Integer.MIN_VALUE;
  long sum;

  long smallest() {
    return Integer.toUnsignedLong(min - SHIFT);
  }

  long largest() {
    return Integer.toUnsignedLong(max - SHIFT);
  }
}
