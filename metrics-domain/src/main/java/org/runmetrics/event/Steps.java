package org.runmetrics.event;

import java.util.OptionalLong;
import org.runmetrics.json.Json;

/** Steps as Python's {@code int()} reads them, within 64 bits. */
final class Steps {
  private static final double BEYOND = 0x1p63;

  private Steps() {}

  static OptionalLong of(Json value) {
    if (value instanceof Json.Whole whole) {
      return OptionalLong.of(whole.value());
    }
    if (value instanceof Json.Decimal decimal) {
      return truncate(decimal.value());
    }
    if (value instanceof Json.Flag flag) {
      return OptionalLong.of(flag.value() ? 1 : 0);
    }
    return value instanceof Json.Text text ? parse(text.value()) : OptionalLong.empty();
  }

  private static OptionalLong truncate(double value) {
    return value >= -BEYOND && value < BEYOND
        ? OptionalLong.of((long) value)
        : OptionalLong.empty();
  }

  /** Reads white space, a sign, and digits of any script with single underscores between them. */
  private static OptionalLong parse(String text) {
    String stripped = strip(text);
    StringBuilder digits = new StringBuilder(stripped.length());
    boolean afterDigit = false;
    for (int i = 0; i < stripped.length(); ) {
      int c = stripped.codePointAt(i);
      int digit = Character.digit(c, 10);
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
      } else if (i == 0 && (c == '+' || c == '-')) {
        digits.append((char) c);
      } else if (c != '_' || !afterDigit) {
        return OptionalLong.empty();
      }
      afterDigit = digit >= 0;
      i += Character.charCount(c);
    }
    return afterDigit ? parseDigits(digits.toString()) : OptionalLong.empty();
  }

  /** Strips what Python takes for white space, no-break spaces among it. */
  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == '\u0085';
  }

  private static OptionalLong parseDigits(String digits) {
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException beyond64Bits) {
      return OptionalLong.empty();
    }
  }
}
