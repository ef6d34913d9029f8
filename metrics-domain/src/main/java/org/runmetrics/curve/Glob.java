package org.runmetrics.curve;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one character.
 *
 * <p>All ways to match are followed at once, each as a bit: bit <i>i</i> is set if the pattern's
 * first <i>i</i> signs but stars match what was read (Baeza-Yates and Gonnet, A new approach to
 * text searching, 1992). So the time is that of reading the name, once for each 64 signs, whatever
 * the pattern is. Immutable.
 */
final class Glob {
  private static final char ANY_TEXT = '*';
  private static final char ANY_CHARACTER = '?';

  private final String text;
  private final int signs;

  /** For each character of the pattern after which signs it may come. */
  private final Map<Character, long[]> expected = new HashMap<>();

  /** The same for all other characters. */
  private final long[] expectedAny;

  /** After how many signs there is a star. */
  private final long[] stars;

  Glob(String text) {
    this.text = text;
    this.signs = (int) text.chars().filter(sign -> sign != ANY_TEXT).count();
    int words = signs / Long.SIZE + 1;
    this.expectedAny = new long[words];
    this.stars = new long[words];
    int before = 0;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign == ANY_TEXT) {
        set(stars, before);
      } else {
        long[] places =
            sign == ANY_CHARACTER
                ? expectedAny
                : expected.computeIfAbsent(sign, unknown -> new long[words]);
        set(places, before);
        before++;
      }
    }
    expected.values().forEach(places -> addAll(expectedAny, places));
  }

  /** Returns the pattern. */
  String text() {
    return text;
  }

  /** Returns whether a name matches. */
  boolean matches(String name) {
    long[] matched = new long[stars.length];
    set(matched, 0);
    for (int i = 0; i < name.length(); i++) {
      read(matched, expected.getOrDefault(name.charAt(i), expectedAny));
    }
    return ((matched[signs / Long.SIZE] >>> signs) & 1) != 0;
  }

  /** A match goes on with the next sign if that is expected, and stays where a star is. */
  private void read(long[] matched, long[] expectedSigns) {
    long carried = 0;
    for (int word = 0; word < matched.length; word++) {
      long going = matched[word] & expectedSigns[word];
      matched[word] = (going << 1) | carried | (matched[word] & stars[word]);
      carried = going >>> (Long.SIZE - 1);
    }
  }

  private static void set(long[] bits, int bit) {
    bits[bit / Long.SIZE] |= 1L << bit;
  }

  private static void addAll(long[] from, long[] to) {
    IntStream.range(0, to.length).forEach(word -> to[word] |= from[word]);
  }
}
