package org.runmetrics.event;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import org.runmetrics.json.Kind;

/**
 * Reads a number from bytes into 64 bits; not safe for use by several threads.
 *
 * <p>Integers too long to be sure of, and what is no JSON number, are not usual.
 */
final class NumberScanner {
  static final int NOT_USUAL = -1;

  /** The longest integers whose digits fit 64 bits in any case. */
  private static final int MAX_DIGITS = 18;

  /** Up to here a double holds every integer, so one operation with a power of ten rounds once. */
  private static final long MAX_EXACT = 1L << 53;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private byte kind;
  private long bits;

  /** Returns the code of the kind of the number read last. */
  byte kind() {
    return kind;
  }

  /** Returns the integer read last, or the bits of the double. */
  long bits() {
    return bits;
  }

  /**
   * Reads {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}, JSON's grammar, and returns where
   * the text goes on.
   */
  int scan(byte[] bytes, int start, int end) {
    boolean negative = bytes[start] == '-';
    int position = negative ? start + 1 : start;
    int firstDigit = position;
    long digits = 0;
    while (position < end && isDigit(bytes[position])) {
      digits = digits * 10 + (bytes[position++] - '0');
    }
    int count = position - firstDigit;
    if (count == 0 || (count > 1 && bytes[firstDigit] == '0')) {
      return NOT_USUAL;
    }
    if (position == end || !isFraction(bytes[position])) {
      kind = Kind.WHOLE.code();
      bits = negative ? -digits : digits;
      return count <= MAX_DIGITS ? position : NOT_USUAL;
    }
    int exponent = 0;
    if (bytes[position] == '.') {
      int point = position++;
      while (position < end && isDigit(bytes[position])) {
        digits = digits * 10 + (bytes[position++] - '0');
      }
      exponent = point + 1 - position;
      count -= exponent;
      if (exponent == 0) {
        return NOT_USUAL;
      }
    }
    if (position < end && (bytes[position] | 0x20) == 'e') {
      return scientific(bytes, start, position + 1, end);
    }
    kind = Kind.DECIMAL.code();
    if (count <= MAX_DIGITS && digits <= MAX_EXACT && -exponent < POWERS_OF_TEN.length) {
      // Clinger 1990: both operands are exact, so the quotient is the nearest double.
      double value = digits / POWERS_OF_TEN[-exponent];
      bits = Double.doubleToRawLongBits(negative ? -value : value);
    } else {
      bits = parse(bytes, start, position);
    }
    return position;
  }

  /** Goes on behind the {@code e} of a number. */
  private int scientific(byte[] bytes, int start, int behind, int end) {
    int position = behind;
    if (position < end && (bytes[position] == '+' || bytes[position] == '-')) {
      position++;
    }
    int firstDigit = position;
    while (position < end && isDigit(bytes[position])) {
      position++;
    }
    if (position == firstDigit) {
      return NOT_USUAL;
    }
    kind = Kind.DECIMAL.code();
    bits = parse(bytes, start, position);
    return position;
  }

  private static long parse(byte[] bytes, int start, int position) {
    return Double.doubleToRawLongBits(JavaDoubleParser.parseDouble(bytes, start, position - start));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isFraction(byte b) {
    return b == '.' || b == 'e' || b == 'E';
  }
}
