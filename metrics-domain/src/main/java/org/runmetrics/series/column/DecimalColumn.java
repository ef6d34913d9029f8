package org.runmetrics.series.column;

import java.util.Arrays;
import org.runmetrics.json.Kind;
import org.runmetrics.json.Scaled;

/**
 * Doubles that were written as short decimals, such as {@code round(loss, 6)}.
 *
 * <p>Kept as digits with one scale for all, see {@link Scaled}: the same doubles bit by bit in half
 * the room or less, and nearly the text they are served as.
 */
final class DecimalColumn extends Column {
  private final Integers digits;
  private final int scale;

  DecimalColumn(Presence presence, Integers digits, int scale) {
    super(presence);
    this.digits = digits;
    this.scale = scale;
  }

  Integers digits() {
    return digits;
  }

  @Override
  public boolean isSame(Column other) {
    return other instanceof DecimalColumn decimal
        && scale == decimal.scale
        && presence().isSame(decimal.presence())
        && digits.isSame(decimal.digits);
  }

  @Override
  public boolean isWhole() {
    return count() == 0;
  }

  @Override
  Kind kindAt(int index) {
    return Kind.DECIMAL;
  }

  @Override
  long bitsAt(int index) {
    return digits.get(index);
  }

  @Override
  double numberAt(int index) {
    return Scaled.value(digits.get(index), scale);
  }

  @Override
  void readValues(int from, int to, Cells cells) {
    Arrays.fill(cells.kinds, 0, to - from, Kind.DECIMAL.code());
    digits.copy(from, to, cells.bits);
  }

  @Override
  void addValues(int from, int to, Aggregate target) {
    target.add(digits, from, to, scale);
  }

  /** Looks for the digits, all of which are another number as a rule. */
  @Override
  int find(int from, int to, double wanted) {
    int place = digits.indexOf(from, to, Scaled.digits(wanted, scale));
    return place >= 0 ? place : super.find(from, to, wanted);
  }

  @Override
  long valueBytes() {
    return digits.bytes();
  }

  @Override
  int scale() {
    return scale;
  }
}
