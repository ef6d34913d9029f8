package org.runmetrics.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Some rows of a table by their numbers, ascending: ranges that do not touch each other. Immutable.
 */
public final class Rows {
  private static final Rows NONE = new Rows(new long[0], new long[0], 0);

  /** The first row of each range, and the row after its last one. */
  private final long[] starts;

  private final long[] ends;

  /** For each range the rows in front of it and in it. */
  private final long[] counts;

  private Rows(long[] starts, long[] ends, int length) {
    this.starts = Arrays.copyOf(starts, length);
    this.ends = Arrays.copyOf(ends, length);
    this.counts = new long[length];
    long count = 0;
    for (int i = 0; i < length; i++) {
      count += ends[i] - starts[i];
      counts[i] = count;
    }
  }

  /** Returns the rows from one to the one in front of another. */
  static Rows range(long from, long to) {
    return from < to ? new Rows(new long[] {from}, new long[] {to}, 1) : NONE;
  }

  /** Returns rows by number, in any order; one that is named twice counts once. */
  static Rows of(long[] numbers, int length) {
    long[] sorted = Arrays.copyOf(numbers, length);
    Arrays.sort(sorted);
    Builder rows = new Builder();
    for (long number : sorted) {
      rows.add(number, number + 1);
    }
    return rows.build();
  }

  /** Returns the number of rows. */
  public long count() {
    return counts.length == 0 ? 0 : counts[counts.length - 1];
  }

  /** Returns the rows that any of some have. */
  static Rows union(List<Rows> parts) {
    List<long[]> ranges = new ArrayList<>();
    for (Rows part : parts) {
      for (int i = 0; i < part.starts.length; i++) {
        ranges.add(new long[] {part.starts[i], part.ends[i]});
      }
    }
    ranges.sort(Comparator.comparingLong(range -> range[0]));
    Builder rows = new Builder();
    ranges.forEach(range -> rows.add(range[0], range[1]));
    return rows.build();
  }

  /** Returns the rows that are here and there. */
  public Rows and(Rows other) {
    Builder rows = new Builder();
    int i = 0;
    int j = 0;
    while (i < starts.length && j < other.starts.length) {
      rows.add(Math.max(starts[i], other.starts[j]), Math.min(ends[i], other.ends[j]));
      if (ends[i] < other.ends[j]) {
        i++;
      } else {
        j++;
      }
    }
    return rows.build();
  }

  /** Returns the rows that are here and not there. */
  Rows without(Rows other) {
    Builder rows = new Builder();
    int next = 0;
    for (int range = 0; range < starts.length; range++) {
      long from = starts[range];
      while (next < other.starts.length && other.ends[next] <= from) {
        next++;
      }
      for (int i = next; i < other.starts.length && other.starts[i] < ends[range]; i++) {
        rows.add(from, other.starts[i]);
        from = other.ends[i];
      }
      rows.add(from, ends[range]);
    }
    return rows.build();
  }

  /** Returns the rows from one place among these to the one in front of another. */
  public Rows slice(long from, long to) {
    Builder rows = new Builder();
    for (int range = rangeOf(from); range < starts.length && before(range) < to; range++) {
      long shift = starts[range] - before(range);
      rows.add(Math.max(starts[range], from + shift), Math.min(ends[range], to + shift));
    }
    return rows.build();
  }

  /** Returns the row at a place among these. */
  long row(long place) {
    int range = rangeOf(place);
    return starts[range] + place - before(range);
  }

  int rangeCount() {
    return starts.length;
  }

  long start(int range) {
    return starts[range];
  }

  long end(int range) {
    return ends[range];
  }

  /** Returns the first range that ends after a row. */
  int rangeBehind(long row) {
    int place = Arrays.binarySearch(ends, row + 1);
    return place >= 0 ? place : -place - 1;
  }

  private int rangeOf(long place) {
    int range = Arrays.binarySearch(counts, place + 1);
    return range >= 0 ? range : -range - 1;
  }

  private long before(int range) {
    return range == 0 ? 0 : counts[range - 1];
  }

  /** Gathers ranges in ascending order. */
  static final class Builder {
    private long[] starts = new long[16];
    private long[] ends = new long[16];
    private int length;

    /** Adds the rows from one to the one in front of another, if there are any. */
    void add(long from, long to) {
      if (from >= to) {
        return;
      }
      if (length > 0 && from <= ends[length - 1]) {
        ends[length - 1] = Math.max(ends[length - 1], to);
        return;
      }
      if (length == starts.length) {
        starts = Arrays.copyOf(starts, 2 * length);
        ends = Arrays.copyOf(ends, 2 * length);
      }
      starts[length] = from;
      ends[length++] = to;
    }

    Rows build() {
      return length == 0 ? NONE : new Rows(starts, ends, length);
    }
  }
}
