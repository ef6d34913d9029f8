package org.runmetrics.json;

/**
 * Decimals as an integer of digits and a count of decimals: {@code 2.35} is 235 with scale 2.
 *
 * <p>With at most 53 bits of digits and a scale of at most {@value #MAX_SCALE}, digits and power of
 * ten are both exact doubles, so that their quotient is the double nearest to the decimal (Clinger,
 * <i>How to read floating point numbers accurately</i>, 1990).
 */
public final class Scaled {
  /** The most decimals. */
  public static final int MAX_SCALE = 22;

  /** The most digits, as a number: up to here a double holds every integer. */
  public static final long MAX_DIGITS = 1L << 53;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Powers of ten while they fit 64 bits, then 0. */
  private static final long[] WHOLE_POWERS = new long[MAX_SCALE + 1];

  /** The most digits that may be scaled up by a power of ten. */
  private static final long[] LIMITS = new long[MAX_SCALE + 1];

  static {
    long power = 1;
    for (int i = 0; i < 19; i++) {
      WHOLE_POWERS[i] = power;
      LIMITS[i] = MAX_DIGITS / power;
      power *= 10;
    }
  }

  private Scaled() {}

  /** Returns the double that the decimal is. */
  public static double value(long digits, int scale) {
    return digits / POWERS[scale];
  }

  /** Returns a number divided by a power of ten. */
  public static double value(double number, int scale) {
    return number / POWERS[scale];
  }

  /**
   * Returns the double nearest to a decimal of more digits than a double holds, or NaN if it lies
   * too close to the middle between two.
   *
   * <p>The quotient of the rounded digits is corrected by what is left, which a fused
   * multiplication tells exactly. The error of that is far below the slack, and rounding is
   * monotonic: where both ends of the slack are rounded alike, so is the decimal.
   *
   * @param digits at most 18 of them
   * @param scale at most {@value #MAX_SCALE}
   */
  public static double nearest(long digits, int scale) {
    double rounded = (double) digits;
    double power = POWERS[scale];
    double quotient = rounded / power;
    double rest = Math.fma(-quotient, power, rounded) + (double) (digits - (long) rounded);
    double correction = rest / power;
    double slack = Math.abs(correction) * 0x1p-48;
    double lower = quotient + (correction - slack);
    return lower == quotient + (correction + slack) ? lower : Double.NaN;
  }

  /** Returns whether digits stay exact with some decimals more. */
  public static boolean fits(long digits, int moreDecimals) {
    return Math.abs(digits) <= LIMITS[moreDecimals];
  }

  /** Returns ten to a power from 0 to 18. */
  public static long powerOfTen(int power) {
    return WHOLE_POWERS[power];
  }

  /**
   * Returns the digits of a double that is a decimal of so many decimals, or {@link Long#MIN_VALUE}
   * if it is none.
   *
   * <p>Minus zero, NaN and infinities are none.
   */
  public static long digits(double value, int scale) {
    double digits = Math.rint(value * POWERS[scale]);
    boolean exact =
        Math.abs(digits) <= MAX_DIGITS
            && digits / POWERS[scale] == value
            && (digits != 0 || Double.doubleToRawLongBits(value) == 0);
    return exact ? (long) digits : Long.MIN_VALUE;
  }
}
