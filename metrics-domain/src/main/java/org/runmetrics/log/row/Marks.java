package org.runmetrics.log.row;

import java.util.List;
import java.util.function.Predicate;

/**
 * Places in one log, in order.
 *
 * @param list the first is {@link Mark#START}
 * @param complete whether they reach to the end of the log
 */
record Marks(List<Mark> list, boolean complete) {

  /** Keeps a list that never changes. */
  Marks {
    list = List.copyOf(list);
  }

  /** Returns the last mark. */
  Mark last() {
    return list.get(list.size() - 1);
  }

  /** Returns the last mark that is not after an offset. */
  Mark at(long offset) {
    return last(mark -> mark.offset() <= offset);
  }

  /**
   * Returns the last mark in front of a row.
   *
   * @param offset no mark after it is returned
   */
  Mark inFrontOf(long row, long offset) {
    return last(mark -> mark.row() <= row && mark.offset() <= offset);
  }

  /** Searches in halves: what is true of a mark is true of those in front. */
  private Mark last(Predicate<Mark> isInFront) {
    int low = 0;
    int high = list.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (isInFront.test(list.get(middle))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return list.get(low);
  }
}
