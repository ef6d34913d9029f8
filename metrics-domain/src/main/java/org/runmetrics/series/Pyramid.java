package org.runmetrics.series;

import org.runmetrics.json.Kind;

/**
 * Count, sum and extremes of a column's values, in blocks of blocks.
 *
 * <p>Each block of the lowest level holds {@value #LEAF} values, each of a higher one {@value #FAN}
 * blocks of the level below, so that a stretch of any length is a few blocks and two rests. What a
 * block begins and ends with, the column itself tells. (Levels of minimum and maximum, first and
 * last: Jugel et al., <i>M4: A Visualization-Oriented Time Series Data Aggregation</i>, 2014.)
 * Immutable.
 */
final class Pyramid {
  static final int LEAF = 64;
  private static final int FAN = 16;

  /** The binary logarithms of both. */
  private static final int LEAF_BITS = 6;

  private static final int FAN_BITS = 4;

  /** Columns of fewer values have no blocks and are read value by value. */
  private static final int MIN_VALUES = 2 * LEAF;

  /** Of each block side by side: the bits of minimum, maximum and sum, and both counts. */
  private static final int LONGS = 4;

  private static final int COUNT_BITS = 32;
  private static final long FINITE = (1L << COUNT_BITS) - 1;

  private final int count;
  private final long[][] levels;

  private Pyramid(int count, int levels) {
    this.count = count;
    this.levels = new long[levels][];
  }

  /** Returns about how many bytes the pyramid of so many values takes. */
  static long bytes(int count) {
    return count >= MIN_VALUES ? (long) count * LONGS * Long.BYTES / LEAF * FAN / (FAN - 1) : 0;
  }

  /** Builds the pyramid of all values of a column. */
  static Pyramid of(Column column, int count) {
    int height = 0;
    while (count >= MIN_VALUES && count > 1L << shift(height)) {
      height++;
    }
    Pyramid pyramid = new Pyramid(count, height);
    Aggregate block = new Aggregate();
    for (int level = 0; level < height; level++) {
      int blocks = ((count - 1) >> shift(level)) + 1;
      pyramid.levels[level] = new long[LONGS * blocks];
      for (int i = 0; i < blocks; i++) {
        block.clear();
        if (level == 0) {
          column.addValues(i * LEAF, Math.min(count, (i + 1) * LEAF), block);
        } else {
          int end = Math.min(pyramid.levels[level - 1].length / LONGS, (i + 1) * FAN);
          for (int child = i * FAN; child < end; child++) {
            pyramid.addBlock(level - 1, child, block);
          }
        }
        pyramid.set(level, i, block);
      }
    }
    return pyramid;
  }

  /** Adds the values of a stretch. */
  void add(Column column, int from, int to, Aggregate target) {
    int next = from;
    while (next < to) {
      int level = levelAt(next, to);
      if (level < 0) {
        int end = Math.min(to, (next | LEAF - 1) + 1);
        column.addValues(next, end, target);
        next = end;
      } else {
        addBlock(level, next >> shift(level), target);
        next = endOf(level, next);
      }
    }
  }

  /**
   * Returns the place of the first value of a stretch that is its smallest, or its largest, one.
   *
   * @param wanted that value
   */
  int place(Column column, int from, int to, boolean smallest, double wanted) {
    return Math.abs(wanted) >= Aggregate.MAX_EXACT && column.mayHoldWholes()
        ? exactPlace(column, from, to, smallest, wanted)
        : firstPlace(column, from, to, smallest, wanted);
  }

  /** Integers of 64 bits may differ where their doubles are the same. */
  private static int exactPlace(Column column, int from, int to, boolean smallest, double wanted) {
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

  private int firstPlace(Column column, int from, int to, boolean smallest, double wanted) {
    int next = from;
    while (next < to) {
      int level = levelAt(next, to);
      if (level < 0) {
        int end = Math.min(to, (next | LEAF - 1) + 1);
        int place = column.find(next, end, wanted);
        if (place >= 0) {
          return place;
        }
        next = end;
      } else if (extreme(level, next >> shift(level), smallest) == wanted) {
        return descend(column, level, next >> shift(level), smallest, wanted);
      } else {
        next = endOf(level, next);
      }
    }
    throw new IllegalArgumentException("No value of the stretch is " + wanted);
  }

  private int descend(Column column, int level, int block, boolean smallest, double wanted) {
    int found = block;
    for (int below = level - 1; below >= 0; below--) {
      found *= FAN;
      while (extreme(below, found, smallest) != wanted) {
        found++;
      }
    }
    return column.find(found * LEAF, Math.min(count, (found + 1) * LEAF), wanted);
  }

  private double extreme(int level, int block, boolean smallest) {
    return Double.longBitsToDouble(levels[level][LONGS * block + (smallest ? 0 : 1)]);
  }

  /** Returns the level of the largest block that starts at a place and fits, or -1. */
  private int levelAt(int place, int to) {
    int level = -1;
    while (level + 1 < levels.length
        && (place & (1 << shift(level + 1)) - 1) == 0
        && endOf(level + 1, place) <= to) {
      level++;
    }
    return level;
  }

  /** Returns the place behind a block that starts at a place. */
  private int endOf(int level, int place) {
    return (int) Math.min(count, (long) place + (1 << shift(level)));
  }

  private static int shift(int level) {
    return LEAF_BITS + FAN_BITS * level;
  }

  private void set(int level, int block, Aggregate content) {
    long[] blocks = levels[level];
    blocks[LONGS * block] = Double.doubleToRawLongBits(content.min());
    blocks[LONGS * block + 1] = Double.doubleToRawLongBits(content.max());
    blocks[LONGS * block + 2] = Double.doubleToRawLongBits(content.sum());
    blocks[LONGS * block + 3] = content.values() << COUNT_BITS | content.finite();
  }

  private void addBlock(int level, int block, Aggregate target) {
    long[] blocks = levels[level];
    long counts = blocks[LONGS * block + 3];
    target.add(
        counts >>> COUNT_BITS,
        counts & FINITE,
        Double.longBitsToDouble(blocks[LONGS * block + 2]),
        Double.longBitsToDouble(blocks[LONGS * block]),
        Double.longBitsToDouble(blocks[LONGS * block + 1]));
  }
}
