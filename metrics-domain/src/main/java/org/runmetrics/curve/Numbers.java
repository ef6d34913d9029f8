package org.runmetrics.curve;

import java.util.Arrays;

/** Numbers in a row; integers keep their 64 bits. Grows while it is made. */
public final class Numbers {
  private long[] bits;

  /** Which numbers are integers: a bit each. */
  private long[] wholes;

  private int count;

  Numbers(int room) {
    bits = new long[Math.max(1, room)];
    wholes = new long[(bits.length + Long.SIZE - 1) / Long.SIZE];
  }

  /** Returns how many there are. */
  public int count() {
    return count;
  }

  /** Returns whether a number is an integer of 64 bits. */
  public boolean isWhole(int place) {
    return (wholes[place / Long.SIZE] >>> place & 1) != 0;
  }

  /** Returns an integer. */
  public long whole(int place) {
    return bits[place];
  }

  /** Returns a number that is no integer; NaN and infinities are possible. */
  public double decimal(int place) {
    return Double.longBitsToDouble(bits[place]);
  }

  /** Returns a number as a double. */
  double number(int place) {
    return isWhole(place) ? (double) bits[place] : decimal(place);
  }

  void whole(long value) {
    makeRoom();
    wholes[count / Long.SIZE] |= 1L << count;
    bits[count++] = value;
  }

  void decimal(double value) {
    makeRoom();
    bits[count++] = Double.doubleToRawLongBits(value);
  }

  private void makeRoom() {
    if (count == bits.length) {
      bits = Arrays.copyOf(bits, 2 * count);
      wholes = Arrays.copyOf(wholes, (bits.length + Long.SIZE - 1) / Long.SIZE);
    }
  }
}
