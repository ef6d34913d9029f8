package org.runmetrics.web.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as ASCII text in a byte array, as Python's {@code repr} writes them.
 *
 * <p>Eight digits are written at a time, so up to {@link #MAX_BYTES} after the position may be
 * overwritten; each method returns the position after its text.
 */
final class DecimalText {
  /** The most bytes that a number touches. */
  static final int MAX_BYTES = 40;

  /**
   * Digits of a scaled decimal lie below.
   *
   * <p>Then neighbours of as many decimals lie further apart than doubles do, so no other decimal
   * of as many or fewer is the same double: without noughts at its end it is the shortest.
   */
  static final long MAX_DIGITS = 1L << 52;

  private static final long EIGHT_DIGITS = 100_000_000;
  private static final long SIXTEEN_DIGITS = EIGHT_DIGITS * EIGHT_DIGITS;
  private static final long ZEROS = 0x3030_3030_3030_3030L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] SMALLEST =
      Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

  private DecimalText() {}

  /** Writes an integer. */
  static int whole(long value, byte[] target, int start) {
    if (value >= 0) {
      return unsigned(value, target, start);
    }
    if (value == Long.MIN_VALUE) {
      System.arraycopy(SMALLEST, 0, target, start, SMALLEST.length);
      return start + SMALLEST.length;
    }
    target[start] = '-';
    return unsigned(-value, target, start + 1);
  }

  /**
   * Writes the decimal {@code digits / 10^scale}.
   *
   * @param digits below {@link #MAX_DIGITS} in size
   * @param scale 0 to 22
   */
  static int scaled(long digits, int scale, byte[] target, int start) {
    int position = start;
    long size = digits;
    if (digits < 0) {
      target[position++] = '-';
      size = -digits;
    }
    if (scale == 0 || size == 0) {
      position = unsigned(size, target, position);
      target[position++] = '.';
      target[position++] = '0';
      return position;
    }
    if (scale <= 7 && size < EIGHT_DIGITS) {
      return upToEightDigits(size, scale, target, position);
    }
    if (scale <= 8 && size < SIXTEEN_DIGITS && size >= EIGHT_DIGITS) {
      return upToSixteenDigits(size, scale, target, position);
    }
    return decimal(size, -scale, target, position);
  }

  /**
   * Writes the digits twice, the second time one place on, and the point over the seam.
   *
   * @param scale 1 to 7
   */
  private static int upToEightDigits(long size, int scale, byte[] target, int position) {
    long digits = eightDigits(size);
    int leading = Long.numberOfTrailingZeros(digits) >> 3;
    if (leading >= 12 - scale) {
      // Python takes the exponent below 0.0001.
      return decimal(size, -scale, target, position);
    }
    int skipped = Math.min(leading, 7 - scale);
    long text = digits + ZEROS;
    LONGS.set(target, position, text >>> (8 * skipped));
    return point(digits, scale, target, position + 8 - scale - skipped);
  }

  /** Does the same with the lower eight of up to sixteen digits. */
  private static int upToSixteenDigits(long size, int scale, byte[] target, int position) {
    long high = size / EIGHT_DIGITS;
    long digits = eightDigits(size - high * EIGHT_DIGITS);
    int behind = unsigned(high, target, position);
    LONGS.set(target, behind, digits + ZEROS);
    return point(digits, scale, target, behind + 8 - scale);
  }

  /** Writes the point and the last of eight digits without noughts at the end, but at least one. */
  private static int point(long digits, int scale, byte[] target, int position) {
    target[position] = '.';
    LONGS.set(target, position + 1, (digits + ZEROS) >>> (8 * (8 - scale)));
    int trailing = Long.numberOfLeadingZeros(digits) >> 3;
    return position + 1 + Math.max(1, scale - trailing);
  }

  /** Writes the decimal {@code digits · 10^exponent}, digits above 0. */
  static int decimal(long digits, int exponent, byte[] target, int start) {
    long stripped = digits;
    int power = exponent;
    while (stripped % 10 == 0) {
      stripped /= 10;
      power++;
    }
    int end = unsigned(stripped, target, start);
    int length = end - start;
    int point = length + power;
    if (point > 16 || point < -3) {
      return scientific(target, start, end, point - 1);
    }
    if (point <= 0) {
      System.arraycopy(target, start, target, start + 2 - point, length);
      fillZeros(target, start, start + 2 - point);
      target[start + 1] = '.';
      return end + 2 - point;
    }
    if (power >= 0) {
      fillZeros(target, end, end + power);
      target[end + power] = '.';
      target[end + power + 1] = '0';
      return end + power + 2;
    }
    System.arraycopy(target, start + point, target, start + point + 1, length - point);
    target[start + point] = '.';
    return end + 1;
  }

  private static int scientific(byte[] target, int start, int end, int power) {
    int position = end;
    if (end - start > 1) {
      System.arraycopy(target, start + 1, target, start + 2, end - start - 1);
      target[start + 1] = '.';
      position++;
    }
    target[position++] = 'e';
    target[position++] = (byte) (power < 0 ? '-' : '+');
    int size = Math.abs(power);
    if (size < 10) {
      target[position++] = '0';
    }
    return unsigned(size, target, position);
  }

  private static int unsigned(long value, byte[] target, int position) {
    if (value < EIGHT_DIGITS) {
      long digits = eightDigits(value);
      // The last digit stays, so that zero is one.
      int leading = Long.numberOfTrailingZeros(digits | 1L << 56) >> 3;
      LONGS.set(target, position, (digits + ZEROS) >>> (8 * leading));
      return position + 8 - leading;
    }
    long high = value / EIGHT_DIGITS;
    int behind =
        value < SIXTEEN_DIGITS
            ? unsigned(high, target, position)
            : unsigned(high / EIGHT_DIGITS, target, position);
    if (value >= SIXTEEN_DIGITS) {
      LONGS.set(target, behind, eightDigits(high % EIGHT_DIGITS) + ZEROS);
      behind += 8;
    }
    LONGS.set(target, behind, eightDigits(value - high * EIGHT_DIGITS) + ZEROS);
    return behind + 8;
  }

  /**
   * Returns the eight digits of a number, a byte each, the first one lowest.
   *
   * <p>Halves are split at once: eight digits to fours, fours to pairs, pairs to digits; a division
   * is a multiplication with the scaled reciprocal (Warren, <i>Hacker's Delight</i>, 10-9).
   */
  private static long eightDigits(long value) {
    long high = value / 10_000;
    long fours = high | (value - high * 10_000) << 32;
    long hundreds = ((fours * 10_486) >>> 20) & 0x0000_007F_0000_007FL;
    long pairs = hundreds | (fours - hundreds * 100) << 16;
    long tens = ((pairs * 103) >>> 10) & 0x000F_000F_000F_000FL;
    return tens | (pairs - tens * 10) << 8;
  }

  private static void fillZeros(byte[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] = '0';
    }
  }
}
