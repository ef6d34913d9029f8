package org.runmetrics.log.row;

import org.runmetrics.line.Line;

/**
 * What can be told of a line in UTF-8 from its bytes, without making text of them.
 *
 * <p>The rules for bars judge text; this finds most lines that cannot be a bar and look the same
 * drawn as written. It may take an ordinary line for a drawn one and never the other way.
 */
enum LineShape {
  /** Shows nothing, so that it is no row. */
  BLANK,
  /** One row with the text as it is. */
  PLAIN,
  /** May be drawn, or hold a bar, or be too long for one row. */
  DRAWN;

  /** A line of no more bytes fits into one row, whatever it holds. */
  private static final int MAX_BYTES = 100_000;

  /** Only a short line is a bar by the number that it starts with: 120 characters. */
  private static final int MAX_NUMBERED_BYTES = 4 * 120;

  private static final int DASHES = 10;

  private static final int VISIBLE = 1;
  private static final int CONTROL = 1 << 1;
  private static final int MEASURE = 1 << 2;
  private static final int PERCENT = 1 << 3;
  private static final int PARENTHESIS = 1 << 4;
  private static final int EDGE = 1 << 5;
  private static final int DASH = 1 << 6;

  /** The first byte of lines and blocks. */
  private static final int WIDE = 1 << 7;

  /** What each byte tells. */
  private static final byte[] TELLS = new byte[256];

  static {
    for (int octet = 0; octet < TELLS.length; octet++) {
      TELLS[octet] = (byte) (Line.isBlank(octet) ? 0 : VISIBLE);
    }
    tell("\u001B\b\r", CONTROL);
    tell("%/<=", MEASURE);
    tell("%", PERCENT);
    tell("(", PARENTHESIS);
    tell("[|", EDGE);
    tell("-", DASH);
    tell("\u00E2", WIDE);
  }

  private static void tell(String octets, int what) {
    octets.chars().forEach(octet -> TELLS[octet] |= (byte) what);
  }

  /** Looks at the bytes of a line between two places, without its end. */
  static LineShape of(byte[] bytes, int from, int to) {
    int seen = 0;
    for (int i = from; i < to; i++) {
      seen |= TELLS[bytes[i] & 0xFF];
    }
    if ((seen & VISIBLE) == 0) {
      return BLANK;
    }
    boolean drawn =
        (seen & CONTROL) != 0 || to - from > MAX_BYTES || mayBeBar(seen, bytes, from, to);
    return drawn ? DRAWN : PLAIN;
  }

  private static boolean mayBeBar(int seen, byte[] bytes, int from, int to) {
    if ((seen & WIDE) != 0 && hasHeavy(bytes, from, to)) {
      return true;
    }
    boolean numbered = startsWithNumber(bytes, from, to);
    if ((seen & MEASURE) == 0) {
      return numbered && to - from <= MAX_NUMBERED_BYTES;
    }
    return numbered
        || ((seen & PERCENT) != 0 && (bytes[from] == '#' || (seen & PARENTHESIS) != 0))
        || ((seen & EDGE) != 0 && hasEdge(bytes, from, to))
        || ((seen & DASH) != 0 && hasDashes(bytes, from, to));
  }

  /** Returns whether a drawn line is there: U+2500 to U+253F, of which two are those of bars. */
  private static boolean hasHeavy(byte[] bytes, int from, int to) {
    for (int i = from; i + 1 < to; i++) {
      if (bytes[i] == (byte) 0xE2 && bytes[i + 1] == (byte) 0x94) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether the first word is a number, with a unit or in front of a slash, or no ASCII.
   */
  private static boolean startsWithNumber(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && Line.isBlank(bytes[i])) {
      i++;
    }
    int start = i;
    while (i < to && (isDigit(bytes[i]) || bytes[i] == '.')) {
      i++;
    }
    if (i < to && bytes[i] < 0) {
      return true;
    }
    return i > start && (i == to || "kKMGTP/".indexOf(bytes[i]) >= 0 || Line.isBlank(bytes[i]));
  }

  private static boolean hasEdge(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean edge =
          switch (bytes[i]) {
            case '[' -> opensBar(bytes, i + 1, to);
            case '|' ->
                (i > from && bytes[i - 1] == '%')
                    || (i + 1 < to && (bytes[i + 1] < 0 || "#=*>".indexOf(bytes[i + 1]) >= 0));
            default -> false;
          };
      if (edge) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a bracket may hold a bar, or times that end like those of a bar. */
  private static boolean opensBar(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isDigit(bytes[i])) {
      i++;
    }
    if (i == from) {
      return i < to && (bytes[i] < 0 || "=#*>+.- ]".indexOf(bytes[i]) >= 0);
    }
    if (i < to && bytes[i] == '/') {
      return true;
    }
    while (i < to && (isDigit(bytes[i]) || bytes[i] == ':')) {
      i++;
    }
    return i < to && (bytes[i] == '<' || bytes[i] == ',');
  }

  private static boolean hasDashes(byte[] bytes, int from, int to) {
    int dashes = 0;
    for (int i = from; i < to && dashes < DASHES; i++) {
      dashes = bytes[i] == '-' ? dashes + 1 : 0;
    }
    return dashes == DASHES;
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
