package org.runmetrics.series.column;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
  final long[] leaves;
  final long[][] levels;
  final Blocks blocks;
  private final int count;
  private final int leafCount;
  private final int longs;

  /** Has room for all blocks, which {@link #build} fills. */
  Pyramid(Blocks blocks, int longs) {
    this.blocks = blocks;
    this.leaves = blocks.leaves;
    this.levels = blocks.levels;
    this.count = blocks.count;
    this.leafCount = blocks.leafCount;
    this.longs = longs;
  }

  /** Adds the numbers of a stretch. */
  abstract void add(int from, int to, Aggregate target);

  /**
   * Returns the place of the first value of a stretch that is its smallest, or its largest, one.
   *
   * @param wanted that value
   */
  abstract int place(int from, int to, boolean smallest, double wanted);

  /** Reads what stretches that end or begin at a place will read, and returns something of it. */
  abstract long readAhead(int place);

  abstract A newTarget();

  abstract void clear(A target);

  abstract void merge(A source, A target);

  abstract void addValues(int from, int to, A target);

  /** Adds blocks side by side, from the one at an index up to the one at another. */
  abstract void addBlocks(long[] level, int from, int to, A target);

  /** Adds what lies before a leaf in its block; not of the block's first leaf. */
  abstract void addBefore(int leaf, A target);

  /** Adds what lies behind a leaf in its block; not of the block's last leaf. */
  abstract void addBehind(int leaf, A target);

  /** Adds the sum of whole leaves, where it is not that of blocks. */
  void addSum(int fromLeaf, int toLeaf, A target) {}

  abstract void setBefore(int leaf, A content);

  abstract void setBehind(int leaf, A content);

  abstract void setBlock(long[] level, int index, A content);

  /** Takes the content of a block of the lowest level, up to a leaf. */
  void endBlock(int block, int toLeaf, A content) {}

  /** Makes taken blocks of another base, larger by a shift, what they are in this pyramid. */
  void move(Blocks earlier, long shift) {}

  /** Returns what the extreme of a block is, to be compared with others and with {@link #find}. */
  abstract double extreme(int level, int block, boolean smallest);

  abstract double extremeBefore(int leaf, boolean smallest);

  abstract double extremeBehind(int leaf, boolean smallest);

  abstract int find(int from, int to, double wanted);

  /**
   * Fills all blocks.
   *
   * @param known blocks of the same values when there were fewer; the full ones are those of this
   *     pyramid
   */
  final void build(Optional<Blocks> known) {
    Optional<Blocks> earlier = known.filter(blocks::isAlike);
    earlier.ifPresent(
        taken -> {
          blocks.takeOver(taken);
          move(taken, taken.base - blocks.base);
        });
    for (int level = 0; level < levels.length; level++) {
      int done = earlier.isPresent() ? earlier.get().full(level) : 0;
      if (level == 0) {
        buildLeaves(done);
      } else {
        buildBlocks(level, done);
      }
    }
  }

  private void buildBlocks(int level, int done) {
    long[] below = levels[level - 1];
    for (int block = done; block < levels[level].length / longs; block++) {
      A content = newTarget();
      int end = Math.min(below.length, (block + 1) * Blocks.FAN * longs);
      addBlocks(below, block * Blocks.FAN * longs, end, content);
      setBlock(levels[level], block * longs, content);
    }
  }

  private void buildLeaves(int done) {
    List<A> held = Stream.generate(this::newTarget).limit(Blocks.FAN).toList();
    A content = newTarget();
    for (int block = done; block < levels[0].length / longs; block++) {
      int first = block * Blocks.FAN;
      int behind = Math.min(leafCount, first + Blocks.FAN);
      clear(content);
      for (int leaf = first; leaf < behind; leaf++) {
        setBefore(leaf, content);
        A values = held.get(leaf - first);
        clear(values);
        addValues(leaf * Blocks.LEAF, blocks.endOf(leaf), values);
        merge(values, content);
      }
      endBlock(block, behind, content);
      setBlock(levels[0], block * longs, content);
      clear(content);
      for (int leaf = behind - 1; leaf >= first; leaf--) {
        setBehind(leaf, content);
        merge(held.get(leaf - first), content);
      }
    }
  }

  /** Adds a stretch of values: two rests at each level, and what lies between at the highest. */
  final void gather(int from, int to, A target) {
    int lowLeaf = (from + Blocks.LEAF - 1) >> Blocks.LEAF_BITS;
    int highLeaf = to == count ? leafCount : to >> Blocks.LEAF_BITS;
    int low = (lowLeaf + Blocks.FAN - 1) >> Blocks.FAN_BITS;
    int high = (to == count ? leafCount + Blocks.FAN - 1 : highLeaf) >> Blocks.FAN_BITS;
    if (levels.length == 0 || low > high) {
      // Within one block.
      addValues(from, to, target);
      return;
    }
    addValues(from, Math.min(count, lowLeaf << Blocks.LEAF_BITS), target);
    addValues(Math.min(count, highLeaf << Blocks.LEAF_BITS), to, target);
    addSum(lowLeaf, highLeaf, target);
    if (lowLeaf % Blocks.FAN != 0) {
      addBehind(lowLeaf - 1, target);
    }
    if (high << Blocks.FAN_BITS < highLeaf) {
      addBefore(highLeaf, target);
    }
    for (int level = 0; low < high; level++) {
      int lowAbove = (low + Blocks.FAN - 1) >> Blocks.FAN_BITS;
      int highAbove =
          (high * longs == levels[level].length ? high + Blocks.FAN - 1 : high) >> Blocks.FAN_BITS;
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
}
