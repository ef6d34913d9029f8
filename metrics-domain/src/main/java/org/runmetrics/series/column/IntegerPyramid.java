package org.runmetrics.series.column;

import java.util.Optional;
import org.runmetrics.json.Scaled;

/**
 * The pyramid of integers whose range fits 32 bits, or of decimals with such digits.
 *
 * <p>Its blocks take half the room of doubles, and their sums of distances are exact.
 */
final class IntegerPyramid extends Pyramid<Distances> {
  /** Of each block: minimum and maximum, 32 bits each, as distances. */
  private static final int LONGS = 1;

  /**
   * Of each leaf: the sum of all distances before it, and the extremes in its block on each side.
   */
  private static final int LONGS_OF_LEAF = 3;

  private static final int BEFORE = 1;
  private static final int BEHIND = 2;

  private final Integers values;
  private final int scale;

  private IntegerPyramid(Integers values, int scale) {
    super(new Blocks(values.base(), values.count(), LONGS_OF_LEAF, LONGS), LONGS);
    this.values = values;
    this.scale = scale;
  }

  /**
   * Builds the pyramid of integers that {@link Integers#isNarrow}.
   *
   * @param scale how many of their digits are decimals
   * @param earlier blocks of these integers when there were fewer
   */
  static IntegerPyramid of(Integers values, int scale, Optional<Blocks> earlier) {
    IntegerPyramid pyramid = new IntegerPyramid(values, scale);
    pyramid.build(earlier);
    return pyramid;
  }

  /** Returns about how many bytes the pyramid of so many values takes. */
  static long bytes(int count) {
    return Blocks.bytes(count, LONGS_OF_LEAF, LONGS);
  }

  @Override
  void add(int from, int to, Aggregate target) {
    if (from >= to) {
      return;
    }
    Distances found = target.distances;
    found.clear();
    gather(from, to, found);
    int added = to - from;
    target.add(
        added,
        added,
        Scaled.value((double) values.base() * added + found.sum, scale),
        Scaled.value(values.base() + found.smallest(), scale),
        Scaled.value(values.base() + found.largest(), scale));
  }

  /** Looks for the distance: integers may differ where their doubles are the same. */
  @Override
  int place(int from, int to, boolean smallest, double wanted) {
    Distances found = new Distances();
    gather(from, to, found);
    return new ExtremeSearch(this, smallest, smallest ? found.min : found.max).firstPlace(from, to);
  }

  @Override
  Distances newTarget() {
    return new Distances();
  }

  @Override
  void clear(Distances target) {
    target.clear();
  }

  @Override
  void merge(Distances source, Distances target) {
    target.add(source);
  }

  @Override
  long readAhead(int place) {
    int leaf = place >> Blocks.LEAF_BITS;
    if (levels.length == 0 || place >= values.count()) {
      return 0;
    }
    int first = leaf << Blocks.LEAF_BITS;
    int last = Math.min(values.count(), first + Blocks.LEAF) - 1;
    return values.get(first)
        + values.get(last)
        + leaves[leaf * LONGS_OF_LEAF]
        + leaves[(leaf + 1) * LONGS_OF_LEAF]
        + levels[0][leaf >> Blocks.FAN_BITS];
  }

  @Override
  void addValues(int from, int to, Distances target) {
    values.addDistances(from, to, target);
  }

  @Override
  void addBlocks(long[] level, int from, int to, Distances target) {
    target.addExtremes(level, from, to);
  }

  @Override
  void addBefore(int leaf, Distances target) {
    target.addExtremes(leaves[leaf * LONGS_OF_LEAF + BEFORE]);
  }

  @Override
  void addBehind(int leaf, Distances target) {
    target.addExtremes(leaves[leaf * LONGS_OF_LEAF + BEHIND]);
  }

  /** Sums of integers are exact, so that those of a stretch are the difference of two. */
  @Override
  void addSum(int fromLeaf, int toLeaf, Distances target) {
    target.sum += leaves[toLeaf * LONGS_OF_LEAF] - leaves[fromLeaf * LONGS_OF_LEAF];
  }

  @Override
  void setBefore(int leaf, Distances content) {
    int first = leaf & -Blocks.FAN;
    leaves[leaf * LONGS_OF_LEAF] = leaves[first * LONGS_OF_LEAF] + content.sum;
    leaves[leaf * LONGS_OF_LEAF + BEFORE] = content.extremes();
  }

  @Override
  void setBehind(int leaf, Distances content) {
    leaves[leaf * LONGS_OF_LEAF + BEHIND] = content.extremes();
  }

  @Override
  void setBlock(long[] level, int index, Distances content) {
    level[index] = content.extremes();
  }

  @Override
  void endBlock(int block, int toLeaf, Distances content) {
    int first = block * Blocks.FAN;
    leaves[toLeaf * LONGS_OF_LEAF] = leaves[first * LONGS_OF_LEAF] + content.sum;
  }

  @Override
  void move(Blocks earlier, long shift) {
    if (shift == 0) {
      return;
    }
    int full = earlier.full(0) * Blocks.FAN;
    for (int leaf = 0; leaf < full; leaf++) {
      int entry = leaf * LONGS_OF_LEAF;
      leaves[entry] += shift * leaf * Blocks.LEAF;
      leaves[entry + BEFORE] = Distances.moved(leaves[entry + BEFORE], shift);
      leaves[entry + BEHIND] = Distances.moved(leaves[entry + BEHIND], shift);
    }
    leaves[full * LONGS_OF_LEAF] += shift * full * Blocks.LEAF;
    for (int level = 0; level < levels.length; level++) {
      for (int i = 0; i < earlier.full(level); i++) {
        levels[level][i] = Distances.moved(levels[level][i], shift);
      }
    }
  }

  @Override
  double extreme(int level, int block, boolean smallest) {
    return Distances.extreme(levels[level][block * LONGS], smallest);
  }

  @Override
  double extremeBefore(int leaf, boolean smallest) {
    return Distances.extreme(leaves[leaf * LONGS_OF_LEAF + BEFORE], smallest);
  }

  @Override
  double extremeBehind(int leaf, boolean smallest) {
    return Distances.extreme(leaves[leaf * LONGS_OF_LEAF + BEHIND], smallest);
  }

  @Override
  int find(int from, int to, double wanted) {
    return values.indexOf(from, to, values.base() + (long) (wanted - Distances.SHIFT));
  }
}
