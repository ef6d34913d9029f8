package org.runmetrics.parameter;

/**
 * How many letters have to be changed, added or taken away to make one word of another.
 *
 * <p>Levenshtein, <i>Binary codes capable of correcting deletions, insertions, and reversals</i>,
 * 1966.
 */
final class EditDistance {
  /** What is longer than any name is cut, so that nobody makes the table large. */
  private static final int MAX_LENGTH = 64;

  private EditDistance() {}

  static int of(String one, String other) {
    String word = one.substring(0, Math.min(MAX_LENGTH, one.length()));
    int[] distances = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      distances[j] = j;
    }
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = distances[0];
      distances[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = distances[j];
        distances[j] = Math.min(changed, 1 + Math.min(distances[j], distances[j - 1]));
      }
    }
    return distances[other.length()];
  }
}
