package org.runmetrics.series.column;

import java.util.Optional;
import org.runmetrics.json.Kind;

/** The pyramid of numbers of any kind, as doubles. */
final class NumberPyramid extends Pyramid<Aggregate> {
  /** Of each block: the bits of minimum, maximum and sum, and both counts. */
  private static final int LONGS = 4;

  /** Of each leaf: such a block of what lies before it, and one of what lies behind it. */
  private static final int LONGS_OF_LEAF = 2 * LONGS;

  private static final int COUNT_BITS = 32;
  private static final long FINITE = (1L << COUNT_BITS) - 1;

  private final Column column;

  private NumberPyramid(Column column) {
    super(new Blocks(0, column.count(), LONGS_OF_LEAF, LONGS), LONGS);
    this.column = column;
  }

  /**
   * Builds the pyramid of a column.
   *
   * @param earlier blocks of the column when it was shorter
   */
  static NumberPyramid of(Column column, Optional<Blocks> earlier) {
    NumberPyramid pyramid = new NumberPyramid(column);
    pyramid.build(earlier);
    return pyramid;
  }

  /** Returns about how many bytes the pyramid of so many values takes. */
  static long bytes(int count) {
    return Blocks.bytes(count, LONGS_OF_LEAF, LONGS);
  }

  @Override
  void add(int from, int to, Aggregate target) {
    gather(from, to, target);
  }

  @Override
  int place(int from, int to, boolean smallest, double wanted) {
    return Math.abs(wanted) >= Aggregate.MAX_EXACT && column.mayHoldWholes()
        ? exactPlace(from, to, smallest, wanted)
        : new ExtremeSearch(this, smallest, wanted).firstPlace(from, to);
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
  void clear(Aggregate target) {
    target.clear();
  }

  @Override
  void merge(Aggregate source, Aggregate target) {
    target.add(source);
  }

  @Override
  long readAhead(int place) {
    int leaf = place >> Blocks.LEAF_BITS;
    if (levels.length == 0 || place >= column.count()) {
      return 0;
    }
    int first = leaf << Blocks.LEAF_BITS;
    int last = Math.min(column.count(), first + Blocks.LEAF) - 1;
    return column.bitsAt(first)
        + column.bitsAt(last)
        + leaves[leaf * LONGS_OF_LEAF]
        + leaves[leaf * LONGS_OF_LEAF + LONGS_OF_LEAF - 1]
        + levels[0][(leaf >> Blocks.FAN_BITS) * LONGS];
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
  void addBefore(int leaf, Aggregate target) {
    addBlocks(leaves, leaf * LONGS_OF_LEAF, leaf * LONGS_OF_LEAF + LONGS, target);
  }

  @Override
  void addBehind(int leaf, Aggregate target) {
    addBlocks(leaves, leaf * LONGS_OF_LEAF + LONGS, (leaf + 1) * LONGS_OF_LEAF, target);
  }

  @Override
  void setBefore(int leaf, Aggregate content) {
    setBlock(leaves, leaf * LONGS_OF_LEAF, content);
  }

  @Override
  void setBehind(int leaf, Aggregate content) {
    setBlock(leaves, leaf * LONGS_OF_LEAF + LONGS, content);
  }

  @Override
  void setBlock(long[] level, int index, Aggregate content) {
    level[index] = Double.doubleToRawLongBits(content.min());
    level[index + 1] = Double.doubleToRawLongBits(content.max());
    level[index + 2] = Double.doubleToRawLongBits(content.sum());
    level[index + 3] = content.values() << COUNT_BITS | content.finite();
  }

  @Override
  double extreme(int level, int block, boolean smallest) {
    return extreme(levels[level], block * LONGS, smallest);
  }

  private static double extreme(long[] level, int index, boolean smallest) {
    return Double.longBitsToDouble(level[index + (smallest ? 0 : 1)]);
  }

  @Override
  double extremeBefore(int leaf, boolean smallest) {
    return extreme(leaves, leaf * LONGS_OF_LEAF, smallest);
  }

  @Override
  double extremeBehind(int leaf, boolean smallest) {
    return extreme(leaves, leaf * LONGS_OF_LEAF + LONGS, smallest);
  }

  @Override
  int find(int from, int to, double wanted) {
    return column.find(from, to, wanted);
  }
}
