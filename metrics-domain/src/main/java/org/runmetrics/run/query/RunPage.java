package org.runmetrics.run.query;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A part of the runs that a filter lets through, in an order.
 *
 * @param <R> what is told of each run
 * @param runs the runs of the page; none if it lies after the last
 * @param total how many runs there are on all pages
 * @param number the page's number, from 1
 * @param size how many runs a page has, but for the last
 */
public record RunPage<R>(List<R> runs, int total, int number, int size) {

  /** Turns to a page. */
  public static <R> RunPage<R> of(
      List<R> runs, Predicate<R> filter, Comparator<R> order, int number, int size) {
    List<R> all = runs.stream().filter(filter).sorted(order).toList();
    long start = Math.min(all.size(), (number - 1L) * size);
    long end = Math.min(all.size(), start + size);
    return new RunPage<>(
        List.copyOf(all.subList((int) start, (int) end)), all.size(), number, size);
  }

  /** Returns whether there are runs after this page. */
  public boolean hasNext() {
    return (long) number * size < total;
  }

  /** Returns whether there is a page before this one. */
  public boolean hasPrevious() {
    return number > 1;
  }
}
