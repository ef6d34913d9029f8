package org.runmetrics.log;

import java.util.ArrayList;
import java.util.List;

/**
 * How much text one message holds: 1,000,000 bytes of UTF-8.
 *
 * <p>Some clients give up at 1 MiB.
 */
enum TextLimit {
  /** Text as it is. */
  PLAIN(1_000_000, 3),
  /** Text as a string in a small JSON object. */
  JSON(1_000_000 - 100, 6);

  private final int bytes;
  private final int mostBytesPerChar;

  TextLimit(int bytes, int mostBytesPerChar) {
    this.bytes = bytes;
    this.mostBytesPerChar = mostBytesPerChar;
  }

  /** Returns whether a text is so short that it fits whatever it holds. */
  boolean surelyFits(String text) {
    return text.length() <= bytes / mostBytesPerChar;
  }

  /**
   * Cuts a text into parts that fit, between characters.
   *
   * <p>Of a redrawn line only the latest states are left, as many as fit together.
   */
  List<String> parts(String text) {
    if (surelyFits(text)) {
      return List.of(text);
    }
    String whole = text.indexOf('\r') < 0 ? text : latest(text);
    List<String> parts = new ArrayList<>();
    int start = 0;
    int used = 0;
    for (int i = 0; i < whole.length(); ) {
      int c = whole.codePointAt(i);
      int size = size(c);
      if (used + size > bytes) {
        parts.add(whole.substring(start, i));
        start = i;
        used = 0;
      }
      used += size;
      i += Character.charCount(c);
    }
    parts.add(whole.substring(start));
    return parts;
  }

  /** Returns the latest states that fit together, and the latest one if it does not fit. */
  private String latest(String text) {
    int fits = -1;
    int used = 0;
    boolean shows = false;
    for (int i = text.length(); i > 0; ) {
      int c = text.codePointBefore(i);
      if (c == '\r' && (used <= bytes || fits < 0) && shows) {
        fits = i;
      }
      used += size(c);
      shows |= c > ' ';
      if (used > bytes && fits >= 0) {
        return text.substring(fits);
      }
      i -= Character.charCount(c);
    }
    return used <= bytes || fits < 0 ? text : text.substring(fits);
  }

  private int size(int c) {
    if (c < 0x80) {
      boolean escaped = this == JSON && (c < ' ' || c == '"' || c == '\\' || c == 0x7F);
      return escaped ? mostBytesPerChar : 1;
    }
    if (c < 0x800) {
      return 2;
    }
    return c < 0x10000 ? 3 : 4;
  }
}
