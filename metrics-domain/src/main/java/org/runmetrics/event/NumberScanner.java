package org.runmetrics.event;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import org.runmetrics.json.Kind;
import org.runmetrics.json.Scaled;

/**
 * Reads a number from bytes into 64 bits; not safe for use by several threads.
 *
 * <p>Integers too long to be sure of, and what is no JSON number, are not usual. The text is as
 * {@link EventScanner} requires it.
 */
final class NumberScanner {
  private static final int NOT_USUAL = EventScanner.NOT_USUAL;

  /** The longest integers whose digits fit 64 bits in any case. */
  private static final int MAX_DIGITS = 18;

  private byte kind;
  private int scale;
  private long bits;

  /** Returns the code of the kind of the number read last. */
  byte kind() {
    return kind;
  }

  /** Returns the integer read last, the digits of a scaled decimal, or the bits of the double. */
  long bits() {
    return bits;
  }

  /** Returns the scale of the decimal read last, or {@link ScannedMetrics#NOT_SCALED}. */
  int scale() {
    return scale;
  }

  /**
   * Reads {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}, JSON's grammar, and returns where
   * the text goes on.
   */
  int scan(byte[] bytes, int start) {
    boolean negative = bytes[start] == '-';
    int first = negative ? start + 1 : start;
    long word = Words.load(bytes, first);
    int count = Words.digitCount(word);
    if (count == 0 || (count > 1 && bytes[first] == '0')) {
      return NOT_USUAL;
    }
    long digits = Words.number(word, count);
    int position = first + count;
    if (count == Long.BYTES) {
      while (isDigit(bytes[position])) {
        digits = digits * 10 + (bytes[position++] - '0');
      }
      count = position - first;
    }
    byte next = bytes[position];
    if (next != '.' && !isExponent(next)) {
      kind = Kind.WHOLE.code();
      bits = negative ? -digits : digits;
      return count <= MAX_DIGITS ? position : NOT_USUAL;
    }
    kind = Kind.DECIMAL.code();
    int decimals = 0;
    if (next == '.') {
      int point = position++;
      int more;
      do {
        word = Words.load(bytes, position);
        more = Words.digitCount(word);
        if (more > 0) {
          digits = digits * Scaled.powerOfTen(more) + Words.number(word, more);
          position += more;
        }
      } while (more == Long.BYTES);
      decimals = position - point - 1;
      if (decimals == 0) {
        return NOT_USUAL;
      }
      count += decimals;
      next = bytes[position];
    }
    if (isExponent(next)) {
      return scientific(bytes, start, position, negative ? -digits : digits, count, decimals);
    }
    if (!setScaled(negative ? -digits : digits, count, decimals, negative)) {
      parse(bytes, start, position);
    }
    return position;
  }

  /** Goes on at the {@code e} of a number. */
  private int scientific(
      byte[] bytes, int start, int behind, long digits, int count, int decimals) {
    int position = behind + 1;
    boolean down = bytes[position] == '-';
    if (down || bytes[position] == '+') {
      position++;
    }
    int firstDigit = position;
    int power = 0;
    while (isDigit(bytes[position])) {
      // What is beyond any scale stays beyond it.
      power = Math.min(power * 10 + bytes[position++] - '0', 1000);
    }
    if (position == firstDigit) {
      return NOT_USUAL;
    }
    boolean negative = bytes[start] == '-';
    if (!setScaled(digits, count, down ? decimals + power : decimals - power, negative)) {
      parse(bytes, start, position);
    }
    return position;
  }

  private boolean setScaled(long digits, int count, int decimals, boolean negative) {
    boolean exact =
        count <= MAX_DIGITS
            && Math.abs(digits) <= Scaled.MAX_DIGITS
            && decimals >= 0
            && decimals <= Scaled.MAX_SCALE
            && !(negative && digits == 0);
    bits = digits;
    scale = decimals;
    return exact;
  }

  private void parse(byte[] bytes, int start, int end) {
    double value = JavaDoubleParser.parseDouble(bytes, start, end - start);
    bits = Double.doubleToRawLongBits(value);
    scale = ScannedMetrics.NOT_SCALED;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isExponent(byte b) {
    return b == 'e' || b == 'E';
  }
}
