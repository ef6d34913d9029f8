package org.runmetrics.web.text;

import java.math.BigInteger;
import org.runmetrics.json.Scaled;

/**
 * The shortest decimal that reads as the same double, as Python's {@code repr} writes it.
 *
 * <p>{@code Double.toString} finds the shortest only since JDK 19. The algorithm is that of
 * Raffaello Giulietti, <i>The Schubfach way to render doubles</i> (2020): the decimals that round
 * to a double form an interval, and one multiplication by a power of ten of 128 bits tells the
 * shortest in it.
 */
final class ShortestDecimal {
  private static final int MIN_POWER = -292;
  private static final int MAX_POWER = 324;

  /** The powers of ten, scaled to 128 bits and rounded up: high and low half of each. */
  private static final long[] POWERS = powers();

  private static final long HIDDEN_BIT = 1L << 52;

  private static final int FEW_DECIMALS = 7;

  private ShortestDecimal() {}

  /** Writes a finite double and returns the position after it; see {@link DecimalText}. */
  static int write(double value, byte[] target, int start) {
    // Most that are logged are rounded to a few decimals, which costs less to find out.
    long digits = Scaled.digits(value, FEW_DECIMALS);
    if (digits > -DecimalText.MAX_DIGITS && digits < DecimalText.MAX_DIGITS) {
      return DecimalText.scaled(digits, FEW_DECIMALS, target, start);
    }
    return shortest(value, target, start);
  }

  /** Does the same for any number of decimals. */
  static int shortest(double value, byte[] target, int start) {
    long bits = Double.doubleToRawLongBits(value);
    int position = start;
    if (bits < 0) {
      target[position++] = '-';
    }
    long fraction = bits & (HIDDEN_BIT - 1);
    int exponent = (int) (bits >> 52) & 0x7FF;
    return exponent == 0 && fraction == 0
        ? DecimalText.scaled(0, 1, target, position)
        : find(fraction, exponent, target, position);
  }

  /** Finds the decimal of {@code c · 2^q}, where c is the fraction with its hidden bit. */
  private static int find(long fraction, int exponent, byte[] target, int position) {
    long c = exponent == 0 ? fraction : fraction | HIDDEN_BIT;
    int q = Math.max(exponent, 1) - 1075;
    if (q <= 0 && q > -53 && (c & ((1L << -q) - 1)) == 0) {
      return DecimalText.decimal(c >> -q, 0, target, position);
    }
    // Below a power of two the doubles lie half as far apart as above it.
    boolean closerBelow = fraction == 0 && exponent > 1;
    int k = (q * 1_262_611 - (closerBelow ? 524_031 : 0)) >> 22;
    int h = q + floorLog2Pow10(-k) + 1;
    long lower = scale(-k, (4 * c - (closerBelow ? 1 : 2)) << h) + (c & 1);
    long middle = scale(-k, (4 * c) << h);
    long upper = scale(-k, (4 * c + 2) << h) - (c & 1);
    long s = middle / 4;
    if (s >= 10) {
      long tens = s / 10;
      boolean below = lower <= 40 * tens;
      boolean above = 40 * tens + 40 <= upper;
      if (below != above) {
        return DecimalText.decimal(above ? tens + 1 : tens, k + 1, target, position);
      }
    }
    boolean below = lower <= 4 * s;
    boolean above = 4 * s + 4 <= upper;
    long half = 4 * s + 2;
    boolean roundUp = below == above ? middle > half || (middle == half && (s & 1) == 1) : above;
    return DecimalText.decimal(roundUp ? s + 1 : s, k, target, position);
  }

  /** Returns the product with a power of ten, its last bit set if bits after it were. */
  private static long scale(int power, long value) {
    long high = POWERS[2 * (power - MIN_POWER)];
    long low = POWERS[2 * (power - MIN_POWER) + 1];
    long carry = unsignedMultiplyHigh(low, value);
    long rest = high * value + carry;
    long product = unsignedMultiplyHigh(high, value);
    if (Long.compareUnsigned(rest, carry) < 0) {
      product++;
    }
    return (rest & ~1L) == 0 ? product : product | 1;
  }

  private static long[] powers() {
    long[] powers = new long[2 * (MAX_POWER - MIN_POWER + 1)];
    for (int power = MIN_POWER; power <= MAX_POWER; power++) {
      int shift = 127 - floorLog2Pow10(power);
      BigInteger numerator = BigInteger.TEN.pow(Math.max(power, 0));
      BigInteger denominator = BigInteger.TEN.pow(Math.max(-power, 0));
      BigInteger scaled = numerator.shiftLeft(Math.max(shift, 0));
      BigInteger divisor = denominator.shiftLeft(Math.max(-shift, 0));
      BigInteger roundedUp = scaled.add(divisor).subtract(BigInteger.ONE).divide(divisor);
      powers[2 * (power - MIN_POWER)] = roundedUp.shiftRight(64).longValue();
      powers[2 * (power - MIN_POWER) + 1] = roundedUp.longValue();
    }
    return powers;
  }

  private static int floorLog2Pow10(int power) {
    return (power * 1_741_647) >> 19;
  }

  /** {@code Math.unsignedMultiplyHigh} is there since JDK 18. */
  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }
}
