package org.runmetrics.web.query;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one grammar of numbers in parameters: decimal digits, with a point and an exponent if need
 * be.
 *
 * <p>Java's parsers also take hexadecimal numbers, suffixes of types, blanks, and words.
 */
final class NumberText {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private NumberText() {}

  /** Returns a finite number. */
  static Optional<Double> decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(Double.valueOf(text)).filter(Double::isFinite)
        : Optional.empty();
  }

  /** Returns an integer of 64 bits. */
  static Optional<Long> whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException tooLong) {
      return Optional.empty();
    }
  }
}
