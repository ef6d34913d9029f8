package org.runmetrics.line;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How the bytes of a file are lines: UTF-8, or UTF-16 where the file starts with its mark. */
public enum LineEncoding {
  /** The usual one, with or without a byte-order mark. */
  UTF_8(StandardCharsets.UTF_8, "\u00EF\u00BB\u00BF"),
  /** What PowerShell writes with {@code >}. */
  UTF_16LE(StandardCharsets.UTF_16LE, "\u00FF\u00FE"),
  /** The other byte order. */
  UTF_16BE(StandardCharsets.UTF_16BE, "\u00FE\u00FF");

  private final Charset charset;

  /** The bytes of the byte-order mark, one a character. */
  private final String mark;

  LineEncoding(Charset charset, String mark) {
    this.charset = charset;
    this.mark = mark;
  }

  /** Returns the encoding of a file that starts with some bytes; two are enough. */
  public static LineEncoding of(byte[] head) {
    if (UTF_16LE.isMarked(head, head.length)) {
      return UTF_16LE;
    }
    return UTF_16BE.isMarked(head, head.length) ? UTF_16BE : UTF_8;
  }

  /** Returns how many bytes a line feed has. */
  public int width() {
    return this == UTF_8 ? 1 : 2;
  }

  /** Returns the last offset not after another at which a character may start. */
  public long floor(long offset) {
    return this == UTF_8 ? offset : offset & ~1L;
  }

  /** Returns the text of some bytes, invalid ones replaced. */
  public String decode(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, charset);
  }

  /**
   * Returns the place of the first line feed between two places, or -1.
   *
   * @param from where a character starts
   */
  public int lineFeed(byte[] bytes, int from, int to) {
    return this == UTF_8 ? LineEnds.indexOf(bytes, from, to) : wide('\n', bytes, from, to);
  }

  /** Returns the place of the first carriage return between two places, or -1. */
  public int carriageReturn(byte[] bytes, int from, int to) {
    if (this != UTF_8) {
      return wide('\r', bytes, from, to);
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\r') {
        return i;
      }
    }
    return -1;
  }

  /** Returns how many of the bytes at the start of a file are its mark. */
  public int markLength(byte[] head) {
    return markLength(head, head.length);
  }

  int markLength(byte[] bytes, int filled) {
    return isMarked(bytes, filled) ? mark.length() : 0;
  }

  private int wide(char wanted, byte[] bytes, int from, int to) {
    int low = this == UTF_16LE ? 0 : 1;
    for (int i = from; i + 1 < to; i += 2) {
      if (bytes[i + low] == wanted && bytes[i + 1 - low] == 0) {
        return i;
      }
    }
    return -1;
  }

  private boolean isMarked(byte[] bytes, int filled) {
    for (int i = 0; i < mark.length(); i++) {
      if (i >= filled || (bytes[i] & 0xFF) != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
