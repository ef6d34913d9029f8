package org.runmetrics.series;

import java.util.Arrays;

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

  /** Columns of fewer values are read value by value. */
  private static final int MIN_VALUES = 2 * LEAF;

  private static final int BLOCK_BYTES = 3 * Double.BYTES + 2 * Integer.BYTES;

  private final int count;

  /** By level and block. */
  private final double[][] sums;

  private final double[][] mins;
  private final double[][] maxs;
  private final int[][] values;
  private final int[][] finite;

  private Pyramid(int count, int levels) {
    this.count = count;
    sums = new double[levels][];
    mins = new double[levels][];
    maxs = new double[levels][];
    values = new int[levels][];
    finite = new int[levels][];
  }

  /** Tells whether a column is long enough. */
  static boolean isWorthwhile(int count) {
    return count >= MIN_VALUES;
  }

  /** Returns about how many bytes the pyramid of so many values takes. */
  static long bytes(int count) {
    return isWorthwhile(count) ? (long) count * BLOCK_BYTES / LEAF * FAN / (FAN - 1) : 0;
  }

  /** Builds the pyramid of all values of a column. */
  static Pyramid of(Column column, int count) {
    int levels = 1;
    for (long size = (long) LEAF * FAN; size < count; size *= FAN) {
      levels++;
    }
    Pyramid pyramid = new Pyramid(count, levels);
    Aggregate block = new Aggregate();
    for (int level = 0; level < levels; level++) {
      int size = size(level);
      pyramid.makeRoom(level, (int) (((long) count + size - 1) / size));
      for (int i = 0; i < pyramid.mins[level].length; i++) {
        block.clear();
        if (level == 0) {
          column.addValues(i * LEAF, Math.min(count, (i + 1) * LEAF), block);
        } else {
          int end = Math.min(pyramid.mins[level - 1].length, (i + 1) * FAN);
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
        int end = Math.min(to, (next / LEAF + 1) * LEAF);
        column.addValues(next, end, target);
        next = end;
      } else {
        addBlock(level, next / size(level), target);
        next = endOf(level, next / size(level));
      }
    }
  }

  /**
   * Returns the place of the first value that is the smallest, or the largest, of a stretch whose
   * smallest or largest one is known.
   */
  int place(Column column, int from, int to, boolean smallest, double wanted) {
    int next = from;
    while (next < to) {
      int level = levelAt(next, to);
      if (level < 0) {
        int end = Math.min(to, (next / LEAF + 1) * LEAF);
        int place = scan(column, next, end, wanted);
        if (place >= 0) {
          return place;
        }
        next = end;
      } else if (extreme(level, next / size(level), smallest) == wanted) {
        return descend(column, level, next / size(level), smallest, wanted);
      } else {
        next = endOf(level, next / size(level));
      }
    }
    throw new IllegalArgumentException("No value of the stretch is " + wanted);
  }

  /** Returns the place of the first value of a stretch that is some number, or -1 without one. */
  static int scan(Column column, int from, int to, double wanted) {
    for (int i = from; i < to; i++) {
      if (column.kindAt(i).isNumber() && column.numberAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private int descend(Column column, int level, int block, boolean smallest, double wanted) {
    int found = block;
    for (int below = level - 1; below >= 0; below--) {
      found *= FAN;
      while (extreme(below, found, smallest) != wanted) {
        found++;
      }
    }
    return scan(column, found * LEAF, Math.min(count, (found + 1) * LEAF), wanted);
  }

  private double extreme(int level, int block, boolean smallest) {
    return smallest ? mins[level][block] : maxs[level][block];
  }

  /** Returns the level of the largest block that starts at a place and fits, or -1. */
  private int levelAt(int place, int to) {
    int level = -1;
    while (level + 1 < mins.length
        && place % size(level + 1) == 0
        && endOf(level + 1, place / size(level + 1)) <= to) {
      level++;
    }
    return level;
  }

  private int endOf(int level, int block) {
    return (int) Math.min(count, (block + 1L) * size(level));
  }

  private static int size(int level) {
    return LEAF << (4 * level);
  }

  private void makeRoom(int level, int blocks) {
    sums[level] = new double[blocks];
    mins[level] = new double[blocks];
    maxs[level] = new double[blocks];
    values[level] = new int[blocks];
    finite[level] = new int[blocks];
    Arrays.fill(mins[level], Double.POSITIVE_INFINITY);
    Arrays.fill(maxs[level], Double.NEGATIVE_INFINITY);
  }

  private void set(int level, int block, Aggregate content) {
    sums[level][block] = content.sum();
    mins[level][block] = content.min();
    maxs[level][block] = content.max();
    values[level][block] = (int) content.values();
    finite[level][block] = (int) content.finite();
  }

  private void addBlock(int level, int block, Aggregate target) {
    target.add(
        values[level][block],
        finite[level][block],
        sums[level][block],
        mins[level][block],
        maxs[level][block]);
  }
}
