package org.runmetrics.series.column;

/**
 * The blocks of a pyramid, without the values that they are of: what a longer one goes on from.
 *
 * <p>A leaf is {@value #LEAF} values, about a cache line of them. {@value #FAN} leaves are a block
 * of the lowest level, {@value #FAN} of those one of the next. Of a leaf is kept what lies in its
 * block before it and behind it, and not what it holds: of a stretch that ends in a leaf all that
 * lies in the block then is one entry, and not seven. Filled by the pyramid that is built of it,
 * and unchanged from then on.
 */
final class Blocks {
  static final int LEAF = 16;
  static final int FAN = 8;

  /** The binary logarithms of both. */
  static final int LEAF_BITS = 4;

  static final int FAN_BITS = 3;

  /** How many values a block of the lowest level holds; no more have no blocks. */
  private static final int MIN_VALUES = LEAF * FAN;

  /** What values are told from, if they are told as distances. */
  final long base;

  /** How many values there are. */
  final int count;

  /** How many leaves there are, or none if there are no blocks. */
  final int leafCount;

  /** The entries of the leaves, and one long more. */
  final long[] leaves;

  /** Blocks side by side. */
  final long[][] levels;

  private final int longsOfLeaf;
  private final int longsOfBlock;

  /** Has room for the blocks of so many values. */
  Blocks(long base, int count, int longsOfLeaf, int longsOfBlock) {
    this.base = base;
    this.count = count;
    this.longsOfLeaf = longsOfLeaf;
    this.longsOfBlock = longsOfBlock;
    int height = 0;
    while (count > MIN_VALUES && count > 1L << shift(height)) {
      height++;
    }
    this.levels = new long[height][];
    for (int level = 0; level < height; level++) {
      levels[level] = new long[longsOfBlock * (((count - 1) >> shift(level)) + 1)];
    }
    this.leafCount = height == 0 ? 0 : ((count - 1) >> LEAF_BITS) + 1;
    this.leaves = new long[longsOfLeaf * leafCount + 1];
  }

  /** Returns about how many bytes the blocks of so many values take. */
  static long bytes(int count, int longsOfLeaf, int longsOfBlock) {
    long longs = (long) longsOfLeaf * FAN + longsOfBlock * FAN / (FAN - 1);
    return count > MIN_VALUES ? count * longs * Long.BYTES / MIN_VALUES : 0;
  }

  /** Returns the binary logarithm of how many values a block of a level holds. */
  static int shift(int level) {
    return LEAF_BITS + FAN_BITS * (level + 1);
  }

  /** Tells whether other blocks are of the same kind of numbers. */
  boolean isAlike(Blocks other) {
    return longsOfBlock == other.longsOfBlock;
  }

  /** Copies all that is full from the blocks of fewer values. */
  void takeOver(Blocks earlier) {
    for (int level = 0; level < earlier.levels.length; level++) {
      int full = earlier.full(level);
      System.arraycopy(earlier.levels[level], 0, levels[level], 0, longsOfBlock * full);
    }
    if (earlier.leafCount > 0) {
      int full = FAN * earlier.full(0);
      System.arraycopy(earlier.leaves, 0, leaves, 0, longsOfLeaf * full + 1);
    }
  }

  /** Returns how many blocks of a level are full. */
  int full(int level) {
    return level < levels.length ? count >> shift(level) : 0;
  }

  /**
   * Returns the level of the largest block that starts at a place and ends up to another, or -1.
   */
  int levelAt(int place, int to) {
    int level = -1;
    while (level + 1 < levels.length
        && (place & (1 << shift(level + 1)) - 1) == 0
        && endOf(level + 1, place) <= to) {
      level++;
    }
    return level;
  }

  /** Returns the place behind the block that a place lies in. */
  int endOf(int level, int place) {
    int shift = shift(level);
    return (int) Math.min(count, ((long) (place >> shift) + 1) << shift);
  }

  /** Returns the place behind a leaf. */
  int endOf(int leaf) {
    return Math.min(count, (leaf + 1) << LEAF_BITS);
  }
}
