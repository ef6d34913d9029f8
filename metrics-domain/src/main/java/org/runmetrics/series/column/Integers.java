package org.runmetrics.series.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Integers of 64 bits in as few bytes each as their range needs.
 *
 * <p>What is stored is the distance to the smallest one, in 0, 1, 2, 4 or 8 bytes (frame of
 * reference coding): steps and times of one segment lie close together. Immutable.
 */
final class Integers {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int count;
  private final int width;
  private final long base;
  private final byte[] data;

  private Integers(int count, int width, long base, byte[] data) {
    this.count = count;
    this.width = width;
    this.base = base;
    this.data = data;
  }

  /** Packs the first values of an array. */
  static Integers of(long[] values, int count) {
    long min = count == 0 ? 0 : values[0];
    long max = min;
    for (int i = 1; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    int width = width(max - min);
    byte[] data = new byte[count * width];
    switch (width) {
      case 0 -> {}
      case Byte.BYTES -> {
        for (int i = 0; i < count; i++) {
          data[i] = (byte) (values[i] - min);
        }
      }
      case Short.BYTES -> {
        for (int i = 0; i < count; i++) {
          SHORTS.set(data, i * Short.BYTES, (short) (values[i] - min));
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < count; i++) {
          INTS.set(data, i * Integer.BYTES, (int) (values[i] - min));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          LONGS.set(data, i * Long.BYTES, values[i] - min);
        }
      }
    }
    return new Integers(count, width, min, data);
  }

  int count() {
    return count;
  }

  long get(int index) {
    return switch (width) {
      case 0 -> base;
      case Byte.BYTES -> base + (data[index] & 0xFF);
      case Short.BYTES -> base + ((short) SHORTS.get(data, index * Short.BYTES) & 0xFFFF);
      case Integer.BYTES -> base + ((int) INTS.get(data, index * Integer.BYTES) & 0xFFFF_FFFFL);
      default -> base + (long) LONGS.get(data, index * Long.BYTES);
    };
  }

  /** Unpacks a range of values to the beginning of an array. */
  void copy(int from, int to, long[] target) {
    int length = to - from;
    switch (width) {
      case 0 -> Arrays.fill(target, 0, length, base);
      case Byte.BYTES -> {
        for (int i = 0; i < length; i++) {
          target[i] = base + (data[from + i] & 0xFF);
        }
      }
      case Short.BYTES -> {
        for (int i = 0; i < length; i++) {
          target[i] = base + ((short) SHORTS.get(data, (from + i) * Short.BYTES) & 0xFFFF);
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < length; i++) {
          target[i] = base + ((int) INTS.get(data, (from + i) * Integer.BYTES) & 0xFFFF_FFFFL);
        }
      }
      default -> {
        for (int i = 0; i < length; i++) {
          target[i] = base + (long) LONGS.get(data, (from + i) * Long.BYTES);
        }
      }
    }
  }

  /** Returns the place of the first value of a range that is another, or -1 without one. */
  int indexOf(int from, int to, long value) {
    for (int i = from; i < to; i++) {
      if (get(i) == value) {
        return i;
      }
    }
    return -1;
  }

  /** Returns how many bytes {@link #encode} writes, which is about what the object takes. */
  int bytes() {
    return 2 * Integer.BYTES + Long.BYTES + data.length;
  }

  void encode(ByteBuffer target) {
    target.putInt(count).putInt(width).putLong(base).put(data);
  }

  static Integers decode(ByteBuffer source) {
    int count = source.getInt();
    int width = source.getInt();
    long base = source.getLong();
    byte[] data = new byte[count * width];
    source.get(data);
    return new Integers(count, width, base, data);
  }

  boolean isSame(Integers other) {
    return count == other.count
        && width == other.width
        && base == other.base
        && Arrays.equals(data, other.data);
  }

  private static int width(long range) {
    if (range == 0) {
      return 0;
    }
    if (range >>> 8 == 0) {
      return Byte.BYTES;
    }
    if (range >>> 16 == 0) {
      return Short.BYTES;
    }
    return range >>> 32 == 0 ? Integer.BYTES : Long.BYTES;
  }
}
