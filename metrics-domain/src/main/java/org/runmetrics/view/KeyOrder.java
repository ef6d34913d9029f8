package org.runmetrics.view;

import java.util.Arrays;
import org.runmetrics.series.Axis;

/**
 * Sorts by 64-bit keys, stably, and takes ranges that are in order as they are.
 *
 * <p>A natural merge sort (Knuth, <i>The Art of Computer Programming</i>, volume 3, 5.2.4): a
 * training that went back to a checkpoint a few times is a few ranges, merged in as many rounds as
 * their number has bits.
 */
public final class KeyOrder {
  private KeyOrder() {}

  /** Returns the places of the first numbers of an array in ascending order; none may be NaN. */
  public static int[] of(double[] numbers, int count) {
    long[] keys = new long[count];
    Arrays.setAll(keys, place -> Axis.keyOf(numbers[place]));
    return of(keys);
  }

  /** Returns the places of the keys in ascending order, those of equal keys in their order. */
  static int[] of(long[] keys) {
    int[] order = new int[keys.length];
    Arrays.setAll(order, place -> place);
    int[] starts = rangeStarts(keys);
    int count = starts.length - 1;
    int[] from = order;
    int[] to = count > 1 ? new int[keys.length] : order;
    while (count > 1) {
      int merged = 0;
      for (int i = 0; i < count; i += 2) {
        int middle = starts[i + 1];
        int end = starts[Math.min(i + 2, count)];
        merge(keys, from, starts[i], middle, end, to);
        starts[++merged] = end;
      }
      count = merged;
      int[] swapped = from;
      from = to;
      to = swapped;
    }
    return from;
  }

  /** Returns where each range starts whose keys do not descend, and where the last one ends. */
  private static int[] rangeStarts(long[] keys) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 1; i < keys.length; i++) {
      if (keys[i] < keys[i - 1]) {
        if (count + 1 == starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[count++] = i;
      }
    }
    starts[count] = keys.length;
    return Arrays.copyOf(starts, count + 1);
  }

  private static void merge(long[] keys, int[] from, int start, int middle, int end, int[] to) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft = right >= end || (left < middle && keys[from[left]] <= keys[from[right]]);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }
}
