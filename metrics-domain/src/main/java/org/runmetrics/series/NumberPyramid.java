package org.runmetrics.series;

import java.util.Optional;
import org.runmetrics.json.Kind;

/** The pyramid of numbers of any kind, as doubles. */
final class NumberPyramid extends Pyramid<Aggregate> {
  /** Of each block: the bits of minimum, maximum and sum, and both counts. */
  static final int LONGS = 4;

  private static final int COUNT_BITS = 32;
  private static final long FINITE = (1L << COUNT_BITS) - 1;

  private final Column column;

  private NumberPyramid(Column column) {
    super(new Blocks(0, column.count(), LONGS));
    this.column = column;
  }

  /**
   * Builds the pyramid of a column.
   *
   * @param earlier blocks of the column when it was shorter
   */
  static NumberPyramid of(Column column, Optional<Blocks> earlier) {
    NumberPyramid pyramid = new NumberPyramid(column);
    pyramid.build(earlier.filter(blocks -> blocks.longs == LONGS));
    return pyramid;
  }

  @Override
  void add(int from, int to, Aggregate target) {
    gather(from, to, target);
  }

  @Override
  int place(int from, int to, boolean smallest, double wanted) {
    return Math.abs(wanted) >= Aggregate.MAX_EXACT && column.mayHoldWholes()
        ? exactPlace(from, to, smallest, wanted)
        : firstPlace(from, to, smallest, wanted);
  }

  /** Integers of 64 bits may differ where their doubles are the same. */
  private int exactPlace(int from, int to, boolean smallest, double wanted) {
    int best = column.find(from, to, wanted);
    for (int i = best + 1; i < to; i++) {
      if (column.kindAt(i) == Kind.WHOLE
          && column.kindAt(best) == Kind.WHOLE
          && column.numberAt(i) == wanted) {
        boolean better =
            smallest
                ? column.bitsAt(i) < column.bitsAt(best)
                : column.bitsAt(i) > column.bitsAt(best);
        best = better ? i : best;
      }
    }
    return best;
  }

  @Override
  Aggregate newTarget() {
    return new Aggregate();
  }

  @Override
  long bitsAt(int place) {
    return column.bitsAt(place);
  }

  @Override
  void addValues(int from, int to, Aggregate target) {
    column.addValues(from, to, target);
  }

  @Override
  void addBlocks(long[] level, int from, int to, Aggregate target) {
    for (int i = from; i < to; i += LONGS) {
      long counts = level[i + 3];
      target.add(
          counts >>> COUNT_BITS,
          counts & FINITE,
          Double.longBitsToDouble(level[i + 2]),
          Double.longBitsToDouble(level[i]),
          Double.longBitsToDouble(level[i + 1]));
    }
  }

  @Override
  void set(long[] level, int index, Aggregate content) {
    level[index] = Double.doubleToRawLongBits(content.min());
    level[index + 1] = Double.doubleToRawLongBits(content.max());
    level[index + 2] = Double.doubleToRawLongBits(content.sum());
    level[index + 3] = content.values() << COUNT_BITS | content.finite();
  }

  @Override
  double extreme(long[] level, int index, boolean smallest) {
    return Double.longBitsToDouble(level[index + (smallest ? 0 : 1)]);
  }

  @Override
  int find(int from, int to, double wanted) {
    return column.find(from, to, wanted);
  }
}
