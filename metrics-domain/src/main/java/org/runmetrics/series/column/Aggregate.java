package org.runmetrics.series.column;

import org.runmetrics.json.Scaled;

/**
 * Count, sum and extremes of numbers, gathered one stretch after the other.
 *
 * <p>NaN and infinities are counted, and else left out. Not safe for use by several threads.
 */
public final class Aggregate {
  /** Up to here a double holds every integer, beyond it several integers may be one double. */
  public static final double MAX_EXACT = Scaled.MAX_DIGITS;

  /** The bits that are set in what is not finite. */
  private static final long EXPONENT = 0x7FFL << 52;

  /** What integers are gathered in before they are told as doubles. */
  final Distances distances = new Distances();

  private long values;
  private long finite;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Forgets everything. */
  public void clear() {
    values = 0;
    finite = 0;
    sum = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
  }

  /** Returns how many numbers there are, those that are not finite among them. */
  public long values() {
    return values;
  }

  /** Returns how many numbers are finite. */
  public long finite() {
    return finite;
  }

  /** Returns the sum of the finite numbers. */
  public double sum() {
    return sum;
  }

  /** Returns the smallest finite number, or positive infinity without any. */
  public double min() {
    return min;
  }

  /** Returns the largest finite number, or negative infinity without any. */
  public double max() {
    return max;
  }

  /** Adds what another one has gathered. */
  public void add(Aggregate other) {
    add(other.values, other.finite, other.sum, other.min, other.max);
  }

  void add(double number) {
    values++;
    if (Double.isFinite(number)) {
      finite++;
      sum += number;
      min = Math.min(min, number);
      max = Math.max(max, number);
    }
  }

  /** Adds doubles by their bits, side by side. */
  void add(long[] bits, int from, int to) {
    // As integers of the same order: of those the processor takes the smaller one without a branch.
    long smallest = Long.MAX_VALUE;
    long largest = Long.MIN_VALUE;
    long before = finite;
    for (int i = from; i < to; i++) {
      if ((bits[i] & EXPONENT) != EXPONENT) {
        finite++;
        sum += Double.longBitsToDouble(bits[i]);
        smallest = Math.min(smallest, DoubleBits.ordered(bits[i]));
        largest = Math.max(largest, DoubleBits.ordered(bits[i]));
      }
    }
    values += to - from;
    if (finite > before) {
      min = Math.min(min, Double.longBitsToDouble(DoubleBits.ordered(smallest)));
      max = Math.max(max, Double.longBitsToDouble(DoubleBits.ordered(largest)));
    }
  }

  void add(long moreValues, long moreFinite, double moreSum, double otherMin, double otherMax) {
    values += moreValues;
    finite += moreFinite;
    sum += moreSum;
    min = Math.min(min, otherMin);
    max = Math.max(max, otherMax);
  }
}
