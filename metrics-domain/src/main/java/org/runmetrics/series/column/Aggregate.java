package org.runmetrics.series.column;

import org.runmetrics.json.Scaled;

/**
 * Count, sum and extremes of numbers, gathered one range after the other.
 *
 * <p>NaN and infinities are counted, and else left out. Not safe for use by several threads.
 */
public final class Aggregate {
  /** Up to here a double holds every integer, beyond it several integers may be one double. */
  public static final double MAX_EXACT = Scaled.MAX_DIGITS;

  /** The bits that are set in what is not finite. */
  private static final long EXPONENT = 0x7FFL << 52;

  /** What a sum is multiplied by once it is beyond the largest double. */
  private static final double SMALLER = 0x1p-64;

  /** A sum of a block of integers up to here, of either sign, is within 64 bits. */
  private static final long MAX_SUMMAND = Long.MAX_VALUE / BlockAggregates.SIZE / 2;

  private static final long NO_MIN = ordered(Double.POSITIVE_INFINITY);
  private static final long NO_MAX = ordered(Double.NEGATIVE_INFINITY);

  /** Room for the integers of two blocks, which no range without a whole block exceeds. */
  private final long[] unpacked = new long[2 * BlockAggregates.SIZE];

  private long values;
  private long finite;
  private double sum;

  /** What the sum is multiplied by: 1, or less where it would not be finite. */
  private double scale = 1;

  // As integers of the same order: of those the processor takes the smaller one without a branch.
  private long min = NO_MIN;
  private long max = NO_MAX;

  /** Forgets everything. */
  public void clear() {
    values = 0;
    finite = 0;
    sum = 0;
    scale = 1;
    min = NO_MIN;
    max = NO_MAX;
  }

  /** Returns how many numbers there are, those that are not finite among them. */
  public long values() {
    return values;
  }

  /** Returns how many numbers are finite. */
  public long finite() {
    return finite;
  }

  /** Returns the sum of the finite numbers; infinite if no double holds it. */
  public double sum() {
    return sum / scale;
  }

  /** Returns the mean of the finite numbers, never outside of their extremes; NaN without any. */
  public double mean() {
    return finite == 0 ? Double.NaN : Math.max(min(), Math.min(max(), sum / finite / scale));
  }

  /** Returns the smallest finite number, or positive infinity without any. */
  public double min() {
    return Double.longBitsToDouble(DoubleBits.ordered(min));
  }

  /** Returns the largest finite number, or negative infinity without any. */
  public double max() {
    return Double.longBitsToDouble(DoubleBits.ordered(max));
  }

  long orderedMin() {
    return min;
  }

  long orderedMax() {
    return max;
  }

  /** Adds what another one has gathered. */
  public void add(Aggregate other) {
    values += other.values;
    finite += other.finite;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    if (other.scale < scale) {
      sum *= SMALLER;
      scale = SMALLER;
    }
    addSum(other.sum, other.scale);
  }

  void add(double number) {
    values++;
    if (Double.isFinite(number)) {
      finite++;
      addSum(number, 1);
      min = Math.min(min, ordered(number));
      max = Math.max(max, ordered(number));
    }
  }

  /** Adds doubles by their bits, side by side. */
  void add(long[] bits, int from, int to) {
    long smallest = NO_MIN;
    long largest = NO_MAX;
    long numbers = 0;
    double total = 0;
    for (int i = from; i < to; i++) {
      if ((bits[i] & EXPONENT) != EXPONENT) {
        numbers++;
        total += Double.longBitsToDouble(bits[i]);
        smallest = Math.min(smallest, DoubleBits.ordered(bits[i]));
        largest = Math.max(largest, DoubleBits.ordered(bits[i]));
      }
    }
    boolean fits = Double.isFinite(total);
    add(to - from, numbers, fits ? total : 0, smallest, largest);
    for (int i = from; i < to && !fits; i++) {
      if ((bits[i] & EXPONENT) != EXPONENT) {
        addSum(Double.longBitsToDouble(bits[i]), 1);
      }
    }
  }

  /** Adds integers side by side, of at most two blocks, as decimals of some scale. */
  void add(Integers integers, int from, int to, int decimals) {
    if (from >= to) {
      return;
    }
    integers.copy(from, to, unpacked);
    long smallest = Long.MAX_VALUE;
    long largest = Long.MIN_VALUE;
    long total = 0;
    for (int i = 0; i < to - from; i++) {
      smallest = Math.min(smallest, unpacked[i]);
      largest = Math.max(largest, unpacked[i]);
      total += unpacked[i];
    }
    double exact = (double) total;
    if (smallest < -MAX_SUMMAND || largest > MAX_SUMMAND) {
      exact = 0;
      for (int i = 0; i < to - from; i++) {
        exact += (double) unpacked[i];
      }
    }
    add(
        to - from,
        to - from,
        Scaled.value(exact, decimals),
        ordered(Scaled.value(smallest, decimals)),
        ordered(Scaled.value(largest, decimals)));
  }

  /** Adds what was gathered elsewhere; extremes as {@link DoubleBits#ordered}. */
  void add(long moreValues, long moreFinite, double moreSum, long otherMin, long otherMax) {
    values += moreValues;
    finite += moreFinite;
    min = Math.min(min, otherMin);
    max = Math.max(max, otherMax);
    addSum(moreSum, 1);
  }

  private void addSum(double more, double moreScale) {
    double next = sum + more * (scale / moreScale);
    if (Double.isFinite(next)) {
      sum = next;
    } else {
      // What a smaller one loses of tiny numbers is nothing to a sum like this.
      sum = sum * SMALLER + more * SMALLER;
      scale = SMALLER;
    }
  }

  private static long ordered(double number) {
    return DoubleBits.ordered(Double.doubleToRawLongBits(number));
  }
}
