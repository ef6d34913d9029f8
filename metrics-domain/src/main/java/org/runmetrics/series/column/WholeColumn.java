package org.runmetrics.series.column;

import java.util.Arrays;
import org.runmetrics.json.Kind;

/** Integers. */
final class WholeColumn extends Column {
  static final WholeColumn EMPTY = new WholeColumn(Presence.all(0), Integers.of(new long[0], 0));

  private final Integers values;

  WholeColumn(Presence presence, Integers values) {
    super(presence);
    this.values = values;
  }

  Integers values() {
    return values;
  }

  @Override
  public boolean isSame(Column other) {
    return other instanceof WholeColumn whole
        && presence().isSame(whole.presence())
        && values.isSame(whole.values);
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  boolean mayHoldWholes() {
    return true;
  }

  @Override
  Kind kindAt(int index) {
    return Kind.WHOLE;
  }

  @Override
  long bitsAt(int index) {
    return values.get(index);
  }

  @Override
  double numberAt(int index) {
    return (double) values.get(index);
  }

  @Override
  void readValues(int from, int to, Cells cells) {
    Arrays.fill(cells.kinds, 0, to - from, Kind.WHOLE.code());
    values.copy(from, to, cells.bits);
  }

  @Override
  void addValues(int from, int to, Aggregate target) {
    target.add(values, from, to, 0);
  }

  @Override
  long valueBytes() {
    return values.bytes();
  }
}
