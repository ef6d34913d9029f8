package org.runmetrics.line;

/**
 * One complete line of a file.
 *
 * @param start byte offset of its first byte
 * @param end byte offset after its line feed, where the next line starts
 * @param text the line without its end, invalid UTF-8 replaced by U+FFFD
 * @param cut whether the line was longer than {@link LineReader#MAX_BYTES} and the text is only its
 *     beginning
 */
public record Line(long start, long end, String text, boolean cut) {

  /** Returns whether the line shows nothing. */
  public boolean isBlank() {
    return text.chars().allMatch(Line::isBlank);
  }

  /** Returns whether a character, or a byte of UTF-8, is ASCII white space. */
  public static boolean isBlank(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
