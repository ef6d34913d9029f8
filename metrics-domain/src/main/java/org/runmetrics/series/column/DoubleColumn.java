package org.runmetrics.series.column;

import java.util.Arrays;
import org.runmetrics.json.Kind;

/** Doubles of any kind, NaN and infinities among them. */
final class DoubleColumn extends Column {
  private final long[] bits;

  DoubleColumn(Presence presence, long[] bits) {
    super(presence);
    this.bits = bits;
  }

  long[] bits() {
    return bits;
  }

  /** Integers beyond 64 bits are kept as doubles, and every double of that size is an integer. */
  static boolean isHuge(double number) {
    return Double.isFinite(number) && Math.abs(number) >= 0x1p63;
  }

  @Override
  public boolean isSame(Column other) {
    return other instanceof DoubleColumn decimal
        && presence().isSame(decimal.presence())
        && Arrays.equals(bits, decimal.bits);
  }

  @Override
  public boolean isWhole() {
    for (long value : bits) {
      if (!isHuge(Double.longBitsToDouble(value))) {
        return false;
      }
    }
    return true;
  }

  @Override
  Kind kindAt(int index) {
    return Kind.DECIMAL;
  }

  @Override
  long bitsAt(int index) {
    return bits[index];
  }

  @Override
  double numberAt(int index) {
    return Double.longBitsToDouble(bits[index]);
  }

  @Override
  void readValues(int from, int to, Cells cells) {
    Arrays.fill(cells.kinds, 0, to - from, Kind.DECIMAL.code());
    System.arraycopy(bits, from, cells.bits, 0, to - from);
  }

  @Override
  void addValues(int from, int to, Aggregate target) {
    target.add(bits, from, to);
  }

  @Override
  long valueBytes() {
    return (long) bits.length * Long.BYTES;
  }
}
