package org.runmetrics.series.column;

import java.util.Arrays;
import org.runmetrics.json.Kind;

/** Values of several kinds, such as numbers among strings; each takes nine bytes. */
final class MixedColumn extends Column {
  private final byte[] kinds;

  /** The integer, the bits of the double, or the place in {@link #texts}. */
  private final long[] bits;

  private final String[] texts;

  MixedColumn(Presence presence, byte[] kinds, long[] bits, String[] texts) {
    super(presence);
    this.kinds = kinds;
    this.bits = bits;
    this.texts = texts;
  }

  byte[] kinds() {
    return kinds;
  }

  long[] bits() {
    return bits;
  }

  @Override
  public boolean isWhole() {
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == Kind.DECIMAL.code()
          && !DoubleColumn.isHuge(Double.longBitsToDouble(bits[i]))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long numbers(int from, int to) {
    Aggregate aggregate = new Aggregate();
    aggregate(from, to, aggregate);
    return aggregate.values();
  }

  @Override
  public boolean hasNumber() {
    for (byte kind : kinds) {
      if (Kind.of(kind).isNumber()) {
        return true;
      }
    }
    return false;
  }

  @Override
  boolean mayHoldWholes() {
    return true;
  }

  @Override
  Kind kindAt(int index) {
    return Kind.of(kinds[index]);
  }

  @Override
  long bitsAt(int index) {
    return bits[index];
  }

  @Override
  double numberAt(int index) {
    return kinds[index] == Kind.WHOLE.code()
        ? (double) bits[index]
        : Double.longBitsToDouble(bits[index]);
  }

  @Override
  void readValues(int from, int to, Cells cells) {
    System.arraycopy(kinds, from, cells.kinds, 0, to - from);
    System.arraycopy(bits, from, cells.bits, 0, to - from);
  }

  @Override
  long valueBytes() {
    return (long) kinds.length * (1 + Long.BYTES)
        + Arrays.stream(texts).mapToLong(TextColumn::bytes).sum();
  }

  @Override
  String[] texts() {
    return texts;
  }
}
