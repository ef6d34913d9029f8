package org.runmetrics.series;

import java.util.Optional;
import org.runmetrics.json.Scaled;

/**
 * The pyramid of integers whose range fits 32 bits, or of decimals with such digits.
 *
 * <p>Its blocks take half the room of doubles, and their sums of distances are exact.
 */
final class IntegerPyramid extends Pyramid<Distances> {
  /** Of each block: minimum and maximum, 32 bits each, and the sum; all as distances. */
  static final int LONGS = 2;

  private static final int EXTREME_BITS = 32;

  private final Integers values;
  private final int scale;

  private IntegerPyramid(Integers values, int scale) {
    super(new Blocks(values.base(), values.count(), LONGS));
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
    pyramid.build(earlier.filter(blocks -> blocks.longs == LONGS));
    return pyramid;
  }

  @Override
  void add(int from, int to, Aggregate target) {
    if (from >= to) {
      return;
    }
    Distances found = new Distances();
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
    return firstPlace(from, to, smallest, smallest ? found.min : found.max);
  }

  @Override
  Distances newTarget() {
    return new Distances();
  }

  @Override
  long bitsAt(int place) {
    return values.get(place);
  }

  @Override
  void addValues(int from, int to, Distances target) {
    values.addDistances(from, to, target);
  }

  @Override
  void addBlocks(long[] level, int from, int to, Distances target) {
    int min = target.min;
    int max = target.max;
    long sum = target.sum;
    for (int i = from; i < to; i += LONGS) {
      min = Math.min(min, (int) (level[i] >>> EXTREME_BITS));
      max = Math.max(max, (int) level[i]);
      sum += level[i + 1];
    }
    target.min = min;
    target.max = max;
    target.sum = sum;
  }

  @Override
  void set(long[] level, int index, Distances content) {
    level[index] = pair(content.min, content.max);
    level[index + 1] = content.sum;
  }

  @Override
  void move(long[] level, int to, long valuesOfBlock, long shift) {
    for (int i = 0; shift != 0 && i < to; i += LONGS) {
      level[i] = pair((int) ((level[i] >>> EXTREME_BITS) + shift), (int) (level[i] + shift));
      level[i + 1] += shift * valuesOfBlock;
    }
  }

  @Override
  double extreme(long[] level, int index, boolean smallest) {
    return (int) (smallest ? level[index] >>> EXTREME_BITS : level[index]);
  }

  @Override
  int find(int from, int to, double wanted) {
    return values.indexOf(from, to, values.base() + (long) (wanted - Distances.SHIFT));
  }

  private static long pair(int min, int max) {
    return (long) min << EXTREME_BITS | Integer.toUnsignedLong(max);
  }
}
