package org.runmetrics.json;

/**
 * Turns the bare {@code NaN}, {@code Infinity} and {@code -Infinity} that Python writes into
 * numbers that standard JSON allows.
 *
 * <p>Infinities become {@code 1e999}, which every reader of doubles overflows to infinity, as
 * Python does. NaN has no such spelling: it becomes a marker, a number literal that the text does
 * not hold. A number literal has one spelling only, as opposed to a string with its escapes, so
 * looking for the marker in the raw text is enough.
 */
final class BareNumbers {
  static final String MARKER = "0e-7777777";

  private static final String NAN = "NaN";
  private static final String INFINITY = "Infinity";

  private BareNumbers() {}

  /** Returns a marker that does not occur in the text. */
  static String markerNotIn(String text) {
    String marker = MARKER;
    while (text.contains(marker)) {
      marker += "7";
    }
    return marker;
  }

  /** Returns the text with every bare number outside of strings replaced. */
  static String replace(String text, String marker) {
    if (!text.contains(NAN) && !text.contains(INFINITY)) {
      return text;
    }
    StringBuilder standard = new StringBuilder(text.length() + 16);
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString && c == '\\' && i + 1 < text.length()) {
        standard.append(c).append(text.charAt(++i));
      } else if (!inString && isToken(text, i, NAN)) {
        standard.append(marker);
        i += NAN.length() - 1;
      } else if (!inString && isToken(text, i, INFINITY)) {
        standard.append("1e999");
        i += INFINITY.length() - 1;
      } else {
        inString ^= c == '"';
        standard.append(c);
      }
    }
    return standard.toString();
  }

  /** Returns whether a word stands alone, so that {@code 1NaN} stays as invalid as it is. */
  private static boolean isToken(String text, int start, String word) {
    if (!text.startsWith(word, start)) {
      return false;
    }
    int before = start - 1;
    if (word.equals(INFINITY) && before >= 0 && text.charAt(before) == '-') {
      before--;
    }
    int after = start + word.length();
    return (before < 0 || ":,[ \t\n\r".indexOf(text.charAt(before)) >= 0)
        && (after == text.length() || ",]} \t\n\r".indexOf(text.charAt(after)) >= 0);
  }
}
