package org.runmetrics.series.column;

import org.runmetrics.json.Kind;

/**
 * Count, sum and extremes of a column's values, in blocks of {@value #SIZE}.
 *
 * <p>A range of values is some whole blocks, which are told from here, and a rest at either end,
 * which the column itself tells. So the work is a small part of the values, however many there are.
 * (Minimum and maximum of blocks, first and last: Jugel et al., <i>M4: A Visualization-Oriented
 * Time Series Data Aggregation</i>, 2014.) Immutable.
 */
final class BlockAggregates {
  /** How many values a block holds, but for the last one. */
  static final int SIZE = 64;

  private static final int SIZE_BITS = 6;

  /** Of each block: its extremes as {@link DoubleBits#ordered}, and the bits of its sum. */
  private static final int LONGS = 3;

  private final Column column;
  private final int count;
  private final int blockCount;
  private final long[] blocks;

  /**
   * How many numbers, and how many finite ones, lie before each block and before the end, by turns;
   * none if every value is a finite number.
   */
  private final int[] counts;

  /** Goes through all values of a column once. */
  BlockAggregates(Column column) {
    this.column = column;
    this.count = column.count();
    this.blockCount = (count + SIZE - 1) >> SIZE_BITS;
    this.blocks = new long[LONGS * blockCount];
    int[] before = new int[2 * (blockCount + 1)];
    Aggregate aggregate = new Aggregate();
    for (int block = 0; block < blockCount; block++) {
      aggregate.clear();
      column.addValues(start(block), start(block + 1), aggregate);
      blocks[LONGS * block] = aggregate.orderedMin();
      blocks[LONGS * block + 1] = aggregate.orderedMax();
      blocks[LONGS * block + 2] = Double.doubleToRawLongBits(aggregate.sum());
      before[2 * block + 2] = before[2 * block] + (int) aggregate.values();
      before[2 * block + 3] = before[2 * block + 1] + (int) aggregate.finite();
    }
    this.counts = before[2 * blockCount + 1] == count ? new int[0] : before;
  }

  /** Returns about how many bytes the blocks of so many values take. */
  static long bytes(int count) {
    return (long) count * LONGS * Long.BYTES / SIZE;
  }

  /** Adds the numbers of a range of values. */
  void add(int from, int to, Aggregate target) {
    int low = (from + SIZE - 1) >> SIZE_BITS;
    int high = to == count ? blockCount : to >> SIZE_BITS;
    if (low >= high) {
      column.addValues(from, to, target);
      return;
    }
    column.addValues(from, start(low), target);
    addBlocks(low, high, target);
    column.addValues(start(high), to, target);
  }

  private void addBlocks(int low, int high, Aggregate target) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    double sum = 0;
    for (int i = low * LONGS; i < high * LONGS; i += LONGS) {
      min = Math.min(min, blocks[i]);
      max = Math.max(max, blocks[i + 1]);
      sum += Double.longBitsToDouble(blocks[i + 2]);
    }
    if (Double.isFinite(sum)) {
      target.add(numbers(low, high, 0), numbers(low, high, 1), sum, min, max);
    } else {
      // Beyond the largest double, which an aggregate of single values copes with.
      for (int block = low; block < high; block++) {
        column.addValues(start(block), start(block + 1), target);
      }
    }
  }

  /** Returns how many values of some blocks are numbers, or finite ones. */
  private long numbers(int low, int high, int which) {
    return counts.length == 0
        ? start(high) - start(low)
        : counts[2 * high + which] - counts[2 * low + which];
  }

  /**
   * Returns the place of the first value of a range that is its smallest, or its largest, one.
   *
   * @param wanted that value
   */
  int place(int from, int to, boolean smallest, double wanted) {
    if (Math.abs(wanted) >= Aggregate.MAX_EXACT && column.mayHoldWholes()) {
      return exactPlace(from, to, smallest, wanted);
    }
    int next = from;
    while (next < to) {
      int block = next >> SIZE_BITS;
      int end = Math.min(to, start(block + 1));
      boolean whole = next == start(block) && end == start(block + 1);
      if (!whole || extreme(block, smallest) == wanted) {
        int place = column.find(next, end, wanted);
        if (place >= 0) {
          return place;
        }
      }
      next = end;
    }
    throw new IllegalArgumentException("No value of the range is " + wanted);
  }

  /** Integers of 64 bits may differ where their doubles are the same. */
  private int exactPlace(int from, int to, boolean smallest, double wanted) {
    int best = column.find(from, to, wanted);
    for (int i = best + 1; i < to; i++) {
      if (column.kindAt(i) == Kind.WHOLE
          && column.kindAt(best) == Kind.WHOLE
          && column.numberAt(i) == wanted) {
        int order = Long.compare(column.bitsAt(i), column.bitsAt(best));
        best = (smallest ? order < 0 : order > 0) ? i : best;
      }
    }
    return best;
  }

  private double extreme(int block, boolean smallest) {
    return Double.longBitsToDouble(DoubleBits.ordered(blocks[LONGS * block + (smallest ? 0 : 1)]));
  }

  private int start(int block) {
    return Math.min(count, block << SIZE_BITS);
  }
}
