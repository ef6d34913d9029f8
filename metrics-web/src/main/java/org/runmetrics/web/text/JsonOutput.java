package org.runmetrics.web.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.runmetrics.json.Scaled;

/** Writes JSON as UTF-8 through a buffer; nobody checks that the pieces make a document. */
public final class JsonOutput {
  private static final int BUFFER_BYTES = 64 << 10;

  /** For single strings. */
  private static final int SMALL_BUFFER_BYTES = 128;

  /** The most room for a text that is not sure to need it. */
  private static final int MAX_ROOM_BYTES = 4 * BUFFER_BYTES;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream stream;
  private final byte[] buffer;
  private int length;

  public JsonOutput(OutputStream stream) {
    this(stream, BUFFER_BYTES);
  }

  private JsonOutput(OutputStream stream, int bufferBytes) {
    this.stream = stream;
    this.buffer = new byte[bufferBytes];
  }

  /** Writes something. */
  @FunctionalInterface
  public interface Writer {
    void write(JsonOutput output) throws IOException;
  }

  /** Returns the text of a string in JSON, with its quotes. */
  public static byte[] encode(String text) {
    return text(SMALL_BUFFER_BYTES, output -> output.string(text));
  }

  /**
   * Returns what a writer writes.
   *
   * @param roomBytes about how much that is, and rather more, at least {@link
   *     DecimalText#MAX_BYTES}: what does not fit is copied again
   */
  public static byte[] text(int roomBytes, Writer writer) {
    ByteArrayOutputStream begin = new ByteArrayOutputStream(0);
    JsonOutput output = new JsonOutput(begin, Math.min(roomBytes, MAX_ROOM_BYTES));
    try {
      writer.write(output);
      if (begin.size() == 0) {
        return Arrays.copyOf(output.buffer, output.length);
      }
      output.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return begin.toByteArray();
  }

  /** Writes ASCII text as it is. */
  public JsonOutput raw(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
    return this;
  }

  /** Writes a text that is written often. */
  public JsonOutput token(Token token) throws IOException {
    if (token.roomBytes() > buffer.length) {
      flush();
      stream.write(token.text());
      return this;
    }
    makeRoom(token.roomBytes());
    length = token.write(buffer, length);
    return this;
  }

  /** Writes bytes as they are. */
  public JsonOutput bytes(byte[] bytes) throws IOException {
    if (bytes.length > buffer.length) {
      flush();
      stream.write(bytes);
      return this;
    }
    makeRoom(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** Writes an integer. */
  public JsonOutput whole(long value) throws IOException {
    makeRoom(DecimalText.MAX_BYTES);
    length = DecimalText.whole(value, buffer, length);
    return this;
  }

  /** Writes a decimal of scaled digits, see {@link Scaled}, as the shortest that is the same. */
  public JsonOutput scaled(long digits, int scale) throws IOException {
    if (Math.abs(digits) >= DecimalText.MAX_DIGITS) {
      return decimal(Scaled.value(digits, scale));
    }
    makeRoom(DecimalText.MAX_BYTES);
    length = DecimalText.scaled(digits, scale, buffer, length);
    return this;
  }

  /** Writes a finite number as the shortest decimal that reads as the same double. */
  public JsonOutput decimal(double value) throws IOException {
    makeRoom(DecimalText.MAX_BYTES);
    length = ShortestDecimal.write(value, buffer, length);
    return this;
  }

  /** Writes a string with its quotes; lone surrogates, which UTF-8 cannot hold, are escaped. */
  public JsonOutput string(String text) throws IOException {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (c < 0x20) {
        escape(c);
      } else if (c < 0x80) {
        put(c);
      } else if (!Character.isSurrogate(c)) {
        encode(c);
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        encode(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        escape(c);
      }
    }
    put('"');
    return this;
  }

  /** Writes strings as a list. */
  public JsonOutput strings(List<String> texts) throws IOException {
    put('[');
    for (int i = 0; i < texts.size(); i++) {
      raw(i == 0 ? "" : ",").string(texts.get(i));
    }
    put(']');
    return this;
  }

  /** Hands everything to the stream. */
  public void flush() throws IOException {
    stream.write(buffer, 0, length);
    length = 0;
  }

  private void escape(char c) throws IOException {
    raw("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(HEX[c >> shift & 0xF]);
    }
  }

  private void encode(int codePoint) throws IOException {
    if (codePoint < 0x800) {
      put(0xC0 | (codePoint >> 6));
    } else {
      if (codePoint < 0x10000) {
        put(0xE0 | (codePoint >> 12));
      } else {
        put(0xF0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3F));
      }
      put(0x80 | ((codePoint >> 6) & 0x3F));
    }
    put(0x80 | (codePoint & 0x3F));
  }

  private void makeRoom(int bytes) throws IOException {
    if (length + bytes > buffer.length) {
      flush();
    }
  }

  private void put(int octet) throws IOException {
    makeRoom(1);
    buffer[length++] = (byte) octet;
  }
}
