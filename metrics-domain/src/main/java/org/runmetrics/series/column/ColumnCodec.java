package org.runmetrics.series.column;

import java.nio.ByteBuffer;

/** Columns as bytes: a tag for the form, which rows have a value, the values. */
public final class ColumnCodec {
  private static final byte WHOLE = 1;
  private static final byte DECIMAL = 2;
  private static final byte DOUBLE = 3;
  private static final byte TEXT = 4;
  private static final byte MIXED = 5;

  private ColumnCodec() {}

  /** Returns how many bytes {@link #put(ByteBuffer, Column)} writes. */
  public static int size(Column column) {
    int size = 1 + column.presence().bytes();
    if (column instanceof WholeColumn whole) {
      size += whole.values().bytes();
    } else if (column instanceof DecimalColumn decimal) {
      size += Integer.BYTES + decimal.digits().bytes();
    } else if (column instanceof DoubleColumn decimal) {
      size += Integer.BYTES + decimal.bits().length * Long.BYTES;
    } else if (column instanceof TextColumn text) {
      size += text.places().bytes() + size(text.texts());
    } else if (column instanceof MixedColumn mixed) {
      size += Integer.BYTES + mixed.bits().length * (1 + Long.BYTES) + size(mixed.texts());
    }
    return size;
  }

  /** Returns the size of a string, kept in UTF-16, which holds lone surrogates too. */
  public static int size(String text) {
    return Integer.BYTES + text.length() * Character.BYTES;
  }

  /** Writes a column. */
  public static void put(ByteBuffer target, Column column) {
    if (column instanceof WholeColumn whole) {
      start(target, WHOLE, column);
      whole.values().encode(target);
    } else if (column instanceof DecimalColumn decimal) {
      start(target, DECIMAL, column);
      target.putInt(decimal.scale());
      decimal.digits().encode(target);
    } else if (column instanceof DoubleColumn decimal) {
      start(target, DOUBLE, column);
      put(target, decimal.bits());
    } else if (column instanceof TextColumn text) {
      start(target, TEXT, column);
      text.places().encode(target);
      put(target, text.texts());
    } else if (column instanceof MixedColumn mixed) {
      start(target, MIXED, column);
      put(target, mixed.bits());
      target.put(mixed.kinds());
      put(target, mixed.texts());
    }
  }

  /** Writes a string. */
  public static void put(ByteBuffer target, String text) {
    target.putInt(text.length());
    target.asCharBuffer().put(text);
    target.position(target.position() + text.length() * Character.BYTES);
  }

  /** Reads a column. */
  public static Column column(ByteBuffer source) {
    byte form = source.get();
    Presence presence = Presence.decode(source);
    return switch (form) {
      case WHOLE -> new WholeColumn(presence, Integers.decode(source));
      case DECIMAL -> {
        int scale = source.getInt();
        yield new DecimalColumn(presence, Integers.decode(source), scale);
      }
      case DOUBLE -> new DoubleColumn(presence, longs(source));
      case TEXT -> new TextColumn(presence, Integers.decode(source), texts(source));
      case MIXED -> {
        long[] bits = longs(source);
        byte[] kinds = new byte[bits.length];
        source.get(kinds);
        yield new MixedColumn(presence, kinds, bits, texts(source));
      }
      default -> throw new IllegalArgumentException("No form of a column: " + form);
    };
  }

  /** Reads a string. */
  public static String text(ByteBuffer source) {
    char[] characters = new char[source.getInt()];
    source.asCharBuffer().get(characters);
    source.position(source.position() + characters.length * Character.BYTES);
    return new String(characters);
  }

  private static void start(ByteBuffer target, byte form, Column column) {
    target.put(form);
    column.presence().encode(target);
  }

  private static int size(String[] texts) {
    int size = Integer.BYTES;
    for (String text : texts) {
      size += size(text);
    }
    return size;
  }

  private static void put(ByteBuffer target, long[] values) {
    target.putInt(values.length);
    target.asLongBuffer().put(values);
    target.position(target.position() + values.length * Long.BYTES);
  }

  private static void put(ByteBuffer target, String[] texts) {
    target.putInt(texts.length);
    for (String text : texts) {
      put(target, text);
    }
  }

  private static long[] longs(ByteBuffer source) {
    long[] values = new long[source.getInt()];
    source.asLongBuffer().get(values);
    source.position(source.position() + values.length * Long.BYTES);
    return values;
  }

  private static String[] texts(ByteBuffer source) {
    String[] texts = new String[source.getInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(source);
    }
    return texts;
  }
}
