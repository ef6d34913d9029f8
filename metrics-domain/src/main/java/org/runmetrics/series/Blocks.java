package org.runmetrics.series;

/**
 * The blocks of a pyramid, without the values that they are of: what a longer one goes on from.
 *
 * <p>Each block of the lowest level holds {@value #LEAF} values, about a cache line of them, each
 * of a higher one {@value #FAN} blocks of the level below. Filled by the pyramid that is built of
 * it, and unchanged from then on.
 */
final class Blocks {
  static final int LEAF = 16;
  static final int FAN = 8;

  /** The binary logarithms of both. */
  static final int LEAF_BITS = 4;

  static final int FAN_BITS = 3;

  /** Fewer values have no blocks and are read one by one. */
  private static final int MIN_VALUES = 4 * LEAF;

  /** What values are told from, if they are told as distances. */
  final long base;

  /** How many values there are. */
  final int count;

  /** How many longs a block takes, side by side. */
  final int longs;

  final long[][] levels;

  /** Has room for the blocks of so many values. */
  Blocks(long base, int count, int longs) {
    this.base = base;
    this.count = count;
    this.longs = longs;
    int height = 0;
    while (count >= MIN_VALUES && count > 1L << shift(height)) {
      height++;
    }
    this.levels = new long[height][];
    for (int level = 0; level < height; level++) {
      levels[level] = new long[longs * (((count - 1) >> shift(level)) + 1)];
    }
  }

  /** Returns about how many bytes the blocks of so many values take. */
  static long bytes(int count, int longs) {
    return count >= MIN_VALUES ? (long) count * longs * Long.BYTES / LEAF * FAN / (FAN - 1) : 0;
  }

  /** Returns the binary logarithm of how many values a block of a level holds. */
  static int shift(int level) {
    return LEAF_BITS + FAN_BITS * level;
  }

  /** Copies the full blocks of a level from those of fewer values and returns how many they are. */
  int takeOver(Blocks earlier, int level) {
    if (level >= earlier.levels.length) {
      return 0;
    }
    int full = earlier.count >> shift(level);
    System.arraycopy(earlier.levels[level], 0, levels[level], 0, longs * full);
    return full;
  }
}
