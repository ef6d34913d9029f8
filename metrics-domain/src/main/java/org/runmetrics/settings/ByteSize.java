package org.runmetrics.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as operators write them: {@code 1048576}, {@code 512kB}, {@code 256MB}. */
final class ByteSize {
  private static final Pattern PATTERN = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)i?b?");

  private ByteSize() {}

  /** Reads a size; units are powers of 1024. */
  static long parse(String name, String value) {
    Matcher matcher = PATTERN.matcher(value.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      int power = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
      try {
        long size = Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
        if (size > 0) {
          return size;
        }
      } catch (ArithmeticException tooLarge) {
        // Reported below, like a size of nothing.
      }
    }
    throw new IllegalArgumentException(
        name + " must be a size in bytes such as 256MB, not " + value);
  }
}
