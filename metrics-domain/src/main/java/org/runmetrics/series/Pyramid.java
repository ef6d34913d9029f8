package org.runmetrics.series;

import java.util.Optional;

/**
 * Count, sum and extremes of a column's values, in blocks of blocks.
 *
 * <p>A stretch of any length is a few {@link Blocks} and two rests. What a block begins and ends
 * with, the column itself tells. (Levels of minimum and maximum, first and last: Jugel et al.,
 * <i>M4: A Visualization-Oriented Time Series Data Aggregation</i>, 2014.) Unchanged once built.
 *
 * @param <A> what is gathered from values and blocks
 */
abstract sealed class Pyramid<A> permits IntegerPyramid, NumberPyramid {
  private final Blocks blocks;
  private final int count;
  private final int longs;
  private final long[][] levels;

  /** Has room for all blocks, which {@link #build} fills. */
  Pyramid(Blocks blocks) {
    this.blocks = blocks;
    this.count = blocks.count;
    this.longs = blocks.longs;
    this.levels = blocks.levels;
  }

  /** Returns the blocks, all of them filled. */
  final Blocks blocks() {
    return blocks;
  }

  /** Adds the numbers of a stretch. */
  abstract void add(int from, int to, Aggregate target);

  /**
   * Returns the place of the first value of a stretch that is its smallest, or its largest, one.
   *
   * @param wanted that value
   */
  abstract int place(int from, int to, boolean smallest, double wanted);

  abstract A newTarget();

  abstract long bitsAt(int place);

  abstract void addValues(int from, int to, A target);

  /** Adds blocks side by side, from the one at an index up to the one at another. */
  abstract void addBlocks(long[] level, int from, int to, A target);

  abstract void set(long[] level, int index, A content);

  /** Returns what a block's extreme is, to be compared with others and with {@link #find}. */
  abstract double extreme(long[] level, int index, boolean smallest);

  abstract int find(int from, int to, double wanted);

  /**
   * Fills all blocks.
   *
   * @param earlier blocks of the same values when there were fewer; the full ones are those of this
   *     pyramid
   */
  final void build(Optional<Blocks> earlier) {
    for (int level = 0; level < levels.length; level++) {
      int done = earlier.isPresent() ? take(earlier.get(), level) : 0;
      for (int block = done; block < levels[level].length / longs; block++) {
        A content = newTarget();
        if (level == 0) {
          addValues(block * Blocks.LEAF, Math.min(count, (block + 1) * Blocks.LEAF), content);
        } else {
          long[] below = levels[level - 1];
          int end = Math.min(below.length, (block + 1) * Blocks.FAN * longs);
          addBlocks(below, block * Blocks.FAN * longs, end, content);
        }
        set(levels[level], block * longs, content);
      }
    }
  }

  /** Takes over the full blocks of a level and returns how many they are. */
  private int take(Blocks earlier, int level) {
    int full = blocks.takeOver(earlier, level);
    move(levels[level], longs * full, 1L << Blocks.shift(level), earlier.base - blocks.base);
    return full;
  }

  /**
   * Makes blocks of an earlier pyramid what they are in this one.
   *
   * @param valuesOfBlock how many values each holds
   * @param shift by how much distances have grown: the earlier base was larger
   */
  void move(long[] level, int to, long valuesOfBlock, long shift) {}

  /** Adds a stretch of values: two rests at each level, and what lies between at the highest. */
  final void gather(int from, int to, A target) {
    int low = (from + Blocks.LEAF - 1) >> Blocks.LEAF_BITS;
    int high = to == count ? (to + Blocks.LEAF - 1) >> Blocks.LEAF_BITS : to >> Blocks.LEAF_BITS;
    if (levels.length == 0 || low >= high) {
      addValues(from, to, target);
      return;
    }
    addValues(from, Math.min(count, low << Blocks.LEAF_BITS), target);
    addValues(Math.min(count, high << Blocks.LEAF_BITS), to, target);
    for (int level = 0; ; level++) {
      int lowAbove = (low + Blocks.FAN - 1) >> Blocks.FAN_BITS;
      int highAbove =
          high * longs == levels[level].length
              ? (high + Blocks.FAN - 1) >> Blocks.FAN_BITS
              : high >> Blocks.FAN_BITS;
      if (level + 1 == levels.length || lowAbove >= highAbove) {
        addBlocks(levels[level], low * longs, high * longs, target);
        return;
      }
      addBlocks(levels[level], low * longs, (lowAbove << Blocks.FAN_BITS) * longs, target);
      addBlocks(
          levels[level],
          Math.min(high, highAbove << Blocks.FAN_BITS) * longs,
          high * longs,
          target);
      low = lowAbove;
      high = highAbove;
    }
  }

  /** Reads a value and the blocks around it, and returns something of all of them. */
  final long readAhead(int place) {
    if (levels.length < 2 || place >= count) {
      return 0;
    }
    int first = (place >> (Blocks.LEAF_BITS + Blocks.FAN_BITS) << Blocks.FAN_BITS) * longs;
    int last = Math.min(first + Blocks.FAN * longs, levels[0].length) - 1;
    int above = (place >> (Blocks.LEAF_BITS + Blocks.FAN_BITS)) * longs;
    return bitsAt(place) + levels[0][first] + levels[0][last] + levels[1][above];
  }

  final int firstPlace(int from, int to, boolean smallest, double wanted) {
    int next = from;
    while (next < to) {
      int level = levelAt(next, to);
      if (level < 0) {
        int end = Math.min(to, (next | Blocks.LEAF - 1) + 1);
        int place = find(next, end, wanted);
        if (place >= 0) {
          return place;
        }
        next = end;
      } else if (extreme(level, next >> Blocks.shift(level), smallest) == wanted) {
        return descend(level, next >> Blocks.shift(level), smallest, wanted);
      } else {
        next = endOf(level, next);
      }
    }
    throw new IllegalArgumentException("No value of the stretch is " + wanted);
  }

  private int descend(int level, int block, boolean smallest, double wanted) {
    int found = block;
    for (int below = level - 1; below >= 0; below--) {
      found *= Blocks.FAN;
      while (extreme(below, found, smallest) != wanted) {
        found++;
      }
    }
    return find(found * Blocks.LEAF, Math.min(count, (found + 1) * Blocks.LEAF), wanted);
  }

  private double extreme(int level, int block, boolean smallest) {
    return extreme(levels[level], longs * block, smallest);
  }

  /** Returns the level of the largest block that starts at a place and fits, or -1. */
  private int levelAt(int place, int to) {
    int level = -1;
    while (level + 1 < levels.length
        && (place & (1 << Blocks.shift(level + 1)) - 1) == 0
        && endOf(level + 1, place) <= to) {
      level++;
    }
    return level;
  }

  /** Returns the place behind a block that starts at a place. */
  private int endOf(int level, int place) {
    return (int) Math.min(count, (long) place + (1 << Blocks.shift(level)));
  }
}
