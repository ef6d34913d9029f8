package org.runmetrics.series.column;

/**
 * Looks for the first value that is some extreme, from block to block and down to the leaf.
 *
 * @param pyramid whose blocks and values they are
 * @param smallest whether it is a minimum
 * @param wanted that extreme, as {@link Pyramid#extreme} tells it
 */
record ExtremeSearch(Pyramid<?> pyramid, boolean smallest, double wanted) {

  /** Returns the place of the first such value of a stretch, which has one. */
  int firstPlace(int from, int to) {
    Blocks blocks = pyramid.blocks;
    int next = from;
    while (next < to) {
      int level = blocks.levelAt(next, to);
      if (level >= 0) {
        int block = next >> Blocks.shift(level);
        if (pyramid.extreme(level, block, smallest) == wanted) {
          return firstOf(level, block);
        }
        next = blocks.endOf(level, next);
      } else if (isPassed(next, to)) {
        next = blocks.endOf(0, next);
      } else {
        int end = Math.min(to, blocks.endOf(next >> Blocks.LEAF_BITS));
        int place = pyramid.find(next, end, wanted);
        if (place >= 0) {
          return place;
        }
        next = end;
      }
    }
    throw new IllegalArgumentException("No value of the stretch is " + wanted);
  }

  /** Tells whether a leaf starts at a place and no value from there to its block's end will do. */
  private boolean isPassed(int place, int to) {
    int leaf = place >> Blocks.LEAF_BITS;
    return pyramid.levels.length > 0
        && leaf % Blocks.FAN != 0
        && place % Blocks.LEAF == 0
        && pyramid.blocks.endOf(0, place) <= to
        && pyramid.extremeBehind(leaf - 1, smallest) != wanted;
  }

  private int firstOf(int level, int block) {
    int found = block;
    for (int below = level - 1; below >= 0; below--) {
      found *= Blocks.FAN;
      while (pyramid.extreme(below, found, smallest) != wanted) {
        found++;
      }
    }
    int leaf = found * Blocks.FAN;
    int last = Math.min(pyramid.blocks.leafCount, leaf + Blocks.FAN) - 1;
    // What lies before the next leaf has it first when the leaf itself does.
    while (leaf < last && pyramid.extremeBefore(leaf + 1, smallest) != wanted) {
      leaf++;
    }
    return pyramid.find(leaf * Blocks.LEAF, pyramid.blocks.endOf(leaf), wanted);
  }
}
