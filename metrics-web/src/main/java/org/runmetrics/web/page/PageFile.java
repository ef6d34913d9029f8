package org.runmetrics.web.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A file of the page, as it is and compressed. */
final class PageFile {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "svg", "image/svg+xml");

  private final String type;
  private final byte[] plain;
  private final byte[] compressed;

  private PageFile(String type, byte[] plain, byte[] compressed) {
    this.type = type;
    this.plain = plain;
    this.compressed = compressed;
  }

  static PageFile of(String name, byte[] bytes) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String type = TYPES.get(ending);
    if (type == null) {
      throw new IllegalArgumentException("The page has no files like " + name);
    }
    return new PageFile(type, bytes, compress(bytes));
  }

  /** Returns the media type. */
  String type() {
    return type;
  }

  /** Returns how many bytes are sent. */
  int length(boolean asGzip) {
    return asGzip ? compressed.length : plain.length;
  }

  void write(boolean asGzip, OutputStream stream) throws IOException {
    stream.write(asGzip ? compressed : plain);
  }

  private static byte[] compress(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
      stream.write(bytes);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return compressed.toByteArray();
  }
}
