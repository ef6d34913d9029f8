package org.runmetrics.event;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import org.runmetrics.json.Kind;
import org.runmetrics.json.Scaled;

/**
 * Reads numbers from bytes into 64 bits each; not safe for use by several threads.
 *
 * <p>Integers too long to be sure of, and what is no JSON number, are not usual. The text is as
 * {@link EventScanner} requires it.
 */
final class NumberScanner {
  private static final int NOT_USUAL = EventScanner.NOT_USUAL;

  /** The longest integers whose digits fit 64 bits in any case. */
  private static final int MAX_DIGITS = 18;

  private final ScannedMetrics target;

  /** Writes what it reads into the slots of a line. */
  NumberScanner(ScannedMetrics target) {
    this.target = target;
  }

  /**
   * Reads {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}, JSON's grammar, and returns where
   * the text goes on.
   */
  int scan(byte[] bytes, int start, int slot) {
    int first = bytes[start] == '-' ? start + 1 : start;
    int firstDigit = bytes[first] - '0';
    int position = first + 1;
    // What a training logs is mostly below ten.
    if (bytes[position] == '.' && firstDigit >= 0 && firstDigit <= 9) {
      return decimals(bytes, start, position, firstDigit, slot);
    }
    long word = Words.load(bytes, first);
    int count = Words.digitCount(word);
    if (count == 0 || (count > 1 && firstDigit == 0)) {
      return NOT_USUAL;
    }
    long digits = Words.number(word, count);
    position = first + count;
    while (count == Long.BYTES) {
      word = Words.load(bytes, position);
      count = Words.digitCount(word);
      if (count > 0) {
        digits = digits * Scaled.powerOfTen(count) + Words.number(word, count);
        position += count;
      }
    }
    if (bytes[position] == '.') {
      return decimals(bytes, start, position, digits, slot);
    }
    if (isExponent(bytes[position])) {
      return scientific(bytes, start, position, digits, 0, slot);
    }
    target.kinds[slot] = Kind.WHOLE.code();
    target.bits[slot] = first == start ? digits : -digits;
    return position - first <= MAX_DIGITS ? position : NOT_USUAL;
  }

  /** Goes on at the point of a number. */
  private int decimals(byte[] bytes, int start, int point, long whole, int slot) {
    int position = point + 1;
    long digits = whole;
    int count;
    do {
      long word = Words.load(bytes, position);
      count = Words.digitCount(word);
      if (count > 0) {
        digits = digits * Scaled.powerOfTen(count) + Words.number(word, count);
        position += count;
      }
    } while (count == Long.BYTES);
    int decimals = position - point - 1;
    if (decimals == 0) {
      return NOT_USUAL;
    }
    if (isExponent(bytes[position])) {
      return scientific(bytes, start, position, digits, decimals, slot);
    }
    set(bytes, start, position, digits, position - start, decimals, slot);
    return position;
  }

  /** Goes on at the {@code e} of a number. */
  private int scientific(byte[] bytes, int start, int behind, long digits, int decimals, int slot) {
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
    int scale = down ? decimals + power : decimals - power;
    set(bytes, start, position, digits, behind - start, scale, slot);
    return position;
  }

  /**
   * Keeps a decimal.
   *
   * @param digits without a sign; they may have overflown
   * @param length of the text that they were read from, at least as long as they are
   */
  private void set(byte[] bytes, int start, int end, long digits, int length, int scale, int slot) {
    boolean negative = bytes[start] == '-';
    target.kinds[slot] = Kind.DECIMAL.code();
    boolean fits = length <= MAX_DIGITS || significant(bytes, start, length) <= MAX_DIGITS;
    if (fits && scale >= 0 && scale <= Scaled.MAX_SCALE) {
      if (digits <= Scaled.MAX_DIGITS && !(negative && digits == 0)) {
        target.bits[slot] = negative ? -digits : digits;
        target.scales[slot] = scale;
        return;
      }
      double nearest = Scaled.nearest(negative ? -digits : digits, scale);
      if (!Double.isNaN(nearest) && digits != 0) {
        target.setDouble(slot, nearest);
        return;
      }
    }
    target.setDouble(slot, JavaDoubleParser.parseDouble(bytes, start, end - start));
  }

  /** Returns how many digits, or a point and digits, follow sign and noughts. */
  private static int significant(byte[] bytes, int start, int length) {
    int first = start;
    int end = start + length;
    while (first < end && (bytes[first] < '1' || bytes[first] > '9')) {
      first++;
    }
    return end - first;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isExponent(byte b) {
    return b == 'e' || b == 'E';
  }
}
