package org.runmetrics.curve;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one character.
 *
 * @param text the pattern
 */
record Glob(String text) {

  /** Returns whether a name matches. */
  boolean matches(String name) {
    int next = 0;
    int star = -1;
    int starName = 0;
    int at = 0;
    // Only the last star is ever taken back, so the time is at most the product of both lengths.
    while (at < name.length()) {
      if (next < text.length() && text.charAt(next) == '*') {
        star = next++;
        starName = at;
      } else if (next < text.length()
          && (text.charAt(next) == '?' || text.charAt(next) == name.charAt(at))) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++starName;
      } else {
        return false;
      }
    }
    while (next < text.length() && text.charAt(next) == '*') {
      next++;
    }
    return next == text.length();
  }
}
