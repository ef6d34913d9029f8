package org.runmetrics.web.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A piece of JSON that is written over and over, encoded once; written eight bytes at a time. */
public final class Token {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] text;
  private final long[] words;

  private Token(byte[] text) {
    this.text = text;
    words = new long[(text.length + Long.BYTES - 1) / Long.BYTES];
    byte[] padded = Arrays.copyOf(text, words.length * Long.BYTES);
    for (int i = 0; i < words.length; i++) {
      words[i] = (long) LONGS.get(padded, i * Long.BYTES);
    }
  }

  /** Takes a piece of JSON. */
  public static Token of(byte[] json) {
    return new Token(json);
  }

  /** Takes ASCII text. */
  public static Token ascii(String text) {
    return new Token(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns how many bytes {@link #write} touches. */
  int roomBytes() {
    return words.length * Long.BYTES;
  }

  /** Returns the text, not to be changed. */
  byte[] text() {
    return text;
  }

  /** Writes the text and returns the position after it. */
  int write(byte[] target, int position) {
    for (int i = 0; i < words.length; i++) {
      LONGS.set(target, position + i * Long.BYTES, words[i]);
    }
    return position + text.length;
  }
}
