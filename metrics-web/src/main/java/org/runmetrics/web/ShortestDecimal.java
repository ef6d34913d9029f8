package org.runmetrics.web;

import java.math.BigInteger;

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

  private ShortestDecimal() {}

  /** Writes a finite double. */
  static String of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    StringBuilder text = new StringBuilder(24);
    if (bits < 0) {
      text.append('-');
    }
    long fraction = bits & (HIDDEN_BIT - 1);
    int exponent = (int) (bits >> 52) & 0x7FF;
    if (exponent == 0 && fraction == 0) {
      return text.append("0.0").toString();
    }
    find(text, fraction, exponent);
    return text.toString();
  }

  /** Finds the decimal of {@code c · 2^q}, where c is the fraction with its hidden bit. */
  private static void find(StringBuilder text, long fraction, int exponent) {
    long c = exponent == 0 ? fraction : fraction | HIDDEN_BIT;
    int q = Math.max(exponent, 1) - 1075;
    if (q <= 0 && q > -53 && (c & ((1L << -q) - 1)) == 0) {
      format(text, c >> -q, 0);
      return;
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
        format(text, above ? tens + 1 : tens, k + 1);
        return;
      }
    }
    boolean below = lower <= 4 * s;
    boolean above = 4 * s + 4 <= upper;
    long half = 4 * s + 2;
    boolean roundUp = below == above ? middle > half || (middle == half && (s & 1) == 1) : above;
    format(text, roundUp ? s + 1 : s, k);
  }

  /** Returns the product with a power of ten, its last bit set if bits behind it were. */
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

  /** Writes {@code digits · 10^exponent}. */
  private static void format(StringBuilder text, long digits, int exponent) {
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    String decimal = Long.toString(digits);
    int point = decimal.length() + exponent;
    if (point > 16 || point < -3) {
      text.append(decimal.charAt(0));
      if (decimal.length() > 1) {
        text.append('.').append(decimal, 1, decimal.length());
      }
      int power = point - 1;
      text.append(power < 0 ? "e-" : "e+");
      text.append(Math.abs(power) < 10 ? "0" : "").append(Math.abs(power));
    } else if (point <= 0) {
      text.append("0.").append("0".repeat(-point)).append(decimal);
    } else if (exponent >= 0) {
      text.append(decimal).append("0".repeat(exponent)).append(".0");
    } else {
      text.append(decimal, 0, point).append('.').append(decimal, point, decimal.length());
    }
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
