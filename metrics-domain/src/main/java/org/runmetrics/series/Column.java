package org.runmetrics.series;

import org.runmetrics.json.Kind;

/**
 * The values of one metric in a segment, one slot a row.
 *
 * <p>Each slot has a kind and 64 bits, so a metric may be logged as a number in one row and as a
 * string in the next at no cost to the usual case: nine bytes a row. Slots behind the last value
 * are not stored. Immutable.
 */
public final class Column {
  private static final Column EMPTY = new Column(new byte[0], new long[0], new String[0]);

  private final byte[] kinds;

  /** The integer, the bits of the double, or the place in {@link #texts}. */
  private final long[] bits;

  /** Each distinct string once. */
  private final String[] texts;

  Column(byte[] kinds, long[] bits, String[] texts) {
    this.kinds = kinds;
    this.bits = bits;
    this.texts = texts;
  }

  /** Returns the column in which every row is absent. */
  public static Column empty() {
    return EMPTY;
  }

  /** Returns what a row holds. */
  public Kind kind(int row) {
    return row < kinds.length ? Kind.of(kinds[row]) : Kind.ABSENT;
  }

  /** Returns the integer of a row of kind {@link Kind#WHOLE}. */
  public long whole(int row) {
    return bits[row];
  }

  /** Returns the number of a row of kind {@link Kind#WHOLE} or {@link Kind#DECIMAL}. */
  public double number(int row) {
    return kinds[row] == Kind.WHOLE.code()
        ? (double) bits[row]
        : Double.longBitsToDouble(bits[row]);
  }

  /** Returns the string of a row of kind {@link Kind#TEXT}. */
  public String text(int row) {
    return texts[(int) bits[row]];
  }

  byte[] kinds() {
    return kinds;
  }

  long[] bits() {
    return bits;
  }

  String[] texts() {
    return texts;
  }

  /** Returns how many slots are stored. */
  int length() {
    return kinds.length;
  }
}
