package org.runmetrics.series;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Segments as bytes, for tiers of a cache outside of the heap. */
public final class SegmentCodec {
  private SegmentCodec() {}

  /** Writes a segment into a buffer of just its size, ready to be read. */
  public static ByteBuffer encode(Segment segment) {
    int size = 2 * Integer.BYTES + size(segment.steps()) + size(segment.times());
    for (Map.Entry<String, Column> column : segment.columns().entrySet()) {
      size += size(column.getKey()) + size(column.getValue());
    }
    ByteBuffer buffer = ByteBuffer.allocate(size);
    buffer.putInt(segment.rows());
    put(buffer, segment.steps());
    put(buffer, segment.times());
    buffer.putInt(segment.columns().size());
    segment
        .columns()
        .forEach(
            (name, column) -> {
              put(buffer, name);
              put(buffer, column);
            });
    return buffer.flip();
  }

  /** Reads a segment that {@link #encode} wrote. */
  public static Segment decode(ByteBuffer buffer) {
    int rows = buffer.getInt();
    Column steps = column(buffer);
    Column times = column(buffer);
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int left = buffer.getInt(); left > 0; left--) {
      String name = text(buffer);
      columns.put(name, column(buffer));
    }
    return new Segment(rows, steps, times, Collections.unmodifiableMap(columns));
  }

  private static int size(Column column) {
    int size = 2 * Integer.BYTES + column.length() * (1 + Long.BYTES);
    for (String text : column.texts()) {
      size += size(text);
    }
    return size;
  }

  /** Strings are kept in UTF-16, which holds lone surrogates too. */
  private static int size(String text) {
    return Integer.BYTES + text.length() * Character.BYTES;
  }

  private static void put(ByteBuffer buffer, Column column) {
    buffer.putInt(column.length());
    buffer.put(column.kinds());
    buffer.asLongBuffer().put(column.bits());
    buffer.position(buffer.position() + column.length() * Long.BYTES);
    buffer.putInt(column.texts().length);
    for (String text : column.texts()) {
      put(buffer, text);
    }
  }

  private static void put(ByteBuffer buffer, String text) {
    buffer.putInt(text.length());
    buffer.asCharBuffer().put(text);
    buffer.position(buffer.position() + text.length() * Character.BYTES);
  }

  private static Column column(ByteBuffer buffer) {
    byte[] kinds = new byte[buffer.getInt()];
    buffer.get(kinds);
    long[] bits = new long[kinds.length];
    buffer.asLongBuffer().get(bits);
    buffer.position(buffer.position() + bits.length * Long.BYTES);
    String[] texts = new String[buffer.getInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(buffer);
    }
    return new Column(kinds, bits, texts);
  }

  private static String text(ByteBuffer buffer) {
    char[] characters = new char[buffer.getInt()];
    buffer.asCharBuffer().get(characters);
    buffer.position(buffer.position() + characters.length * Character.BYTES);
    return new String(characters);
  }
}
