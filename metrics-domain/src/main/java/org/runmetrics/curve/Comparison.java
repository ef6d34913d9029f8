package org.runmetrics.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.runmetrics.series.Metric;
import org.runmetrics.view.Table;

/**
 * Curves of several metrics of several runs, to be drawn one after the other.
 *
 * <p>Holds no values; of the runs that are drawn they are at hand.
 */
public final class Comparison {
  /** The most points of all curves together. */
  public static final int MAX_POINTS = 2_000_000;

  /** How many curves of a run are drawn at once, so that what waits to be written stays small. */
  private static final int CURVES_AT_ONCE = 8;

  /** Makes of each curve what is taken of it, on the thread that draws it. */
  @FunctionalInterface
  public interface Form<T> {
    /**
     * Returns what is taken of a curve.
     *
     * @param total how many values of the metric are in the range
     */
    T of(String run, Metric metric, long total, Curve curve);
  }

  /** Takes what was made of the next curve. */
  @FunctionalInterface
  public interface Taker<T, E extends Exception> {
    /** Takes it. */
    void take(T curve) throws E;
  }

  private record Run(String id, Table table, List<Metric> metrics) {}

  private final CurveQuery query;
  private final List<Run> runs;
  private final List<String> missingMetrics;
  private final int points;

  private Comparison(CurveQuery query, List<Run> runs, List<String> missingMetrics) {
    this.query = query;
    this.runs = runs;
    this.missingMetrics = missingMetrics;
    this.points = affordable();
  }

  /**
   * Finds the curves.
   *
   * @param query what is wanted of each
   * @param tables the runs by id, in the order in which they are wanted, each with the rows of the
   *     query's axis
   * @param names metrics by name or pattern, in the order in which they are wanted; none for all
   */
  public static Comparison of(CurveQuery query, Map<String, Table> tables, List<String> names) {
    Set<String> logged =
        tables.values().stream()
            .flatMap(table -> table.metrics().stream())
            .filter(Metric::numeric)
            .map(Metric::name)
            .collect(Collectors.toUnmodifiableSet());
    MetricNames wanted = new MetricNames(names, logged);
    List<Run> runs = new ArrayList<>();
    tables.forEach(
        (id, table) -> runs.add(new Run(id, table, wanted.of(table.metrics(), query.axis()))));
    return new Comparison(query, runs, wanted.unmatched());
  }

  /** Returns names and patterns that no run has a metric of. */
  public List<String> missingMetrics() {
    return missingMetrics;
  }

  /** Returns how many points each curve may have: as many as asked for, or fewer. */
  public int points() {
    return isTruncated() ? points : query.points();
  }

  /** Returns whether there are fewer points than asked for. */
  public boolean isTruncated() {
    return points < asked();
  }

  /**
   * Draws all curves; a metric without a value on the axis has none.
   *
   * @param threads draw the curves that come next
   * @param taker takes them in the order of runs and metrics
   */
  public <T, E extends Exception> void draw(DrawThreads threads, Form<T> form, Taker<T, E> taker)
      throws E {
    List<Callable<List<T>>> drawings = new ArrayList<>();
    for (Run run : runs) {
      for (int from = 0; from < run.metrics().size(); from += CURVES_AT_ONCE) {
        int to = Math.min(run.metrics().size(), from + CURVES_AT_ONCE);
        List<Metric> metrics = run.metrics().subList(from, to);
        drawings.add(() -> draw(run, metrics, form));
      }
    }
    threads.inOrder(
        drawings,
        curves -> {
          for (T curve : curves) {
            taker.take(curve);
          }
        });
  }

  private <T> List<T> draw(Run run, List<Metric> metrics, Form<T> form) {
    RunRows rows = RunRows.of(run.table(), query);
    Borders borders = new Borders();
    List<T> curves = new ArrayList<>();
    for (Metric metric : metrics) {
      CurveSegments segments = CurveSegments.of(rows, query, metric.name());
      long total = segments.total();
      curves.add(form.of(run.id(), metric, total, draw(segments, total, metric, borders)));
    }
    return curves;
  }

  private Curve draw(CurveSegments segments, long total, Metric metric, Borders borders) {
    boolean whole = metric.whole() && query.smooth().isEmpty();
    if (total <= points) {
      Numbers x = new Numbers((int) total);
      Numbers y = new Numbers((int) total);
      segments.forEach(
          place -> {
            place.segment().addX(place.row(), x);
            place.segment().addY(place.row(), whole, y);
          });
      return new Curve(x, y, Curve.Bands.NONE);
    }
    return query.shape() == Shape.LTTB
        ? new LargestTriangles(segments, total, points, whole).curve()
        : new Buckets(segments, points, whole, borders).curve();
  }

  private int asked() {
    return query.shape() == Shape.RAW ? Integer.MAX_VALUE : query.points();
  }

  /**
   * Returns the most points, up to those asked for, with which all curves are no more than may be.
   */
  private int affordable() {
    long curves = runs.stream().mapToLong(run -> run.metrics().size()).sum();
    if (curves * asked() <= MAX_POINTS) {
      return asked();
    }
    long[] totals = totals();
    LongUnaryOperator pointsOf =
        most -> {
          long sum = 0;
          for (long total : totals) {
            sum += Math.min(total, most);
          }
          return sum;
        };
    int low = 1;
    int high = asked();
    while (low < high) {
      int middle = low + (high - low + 1) / 2;
      if (pointsOf.applyAsLong(middle) <= MAX_POINTS) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private long[] totals() {
    List<Long> totals = new ArrayList<>();
    for (Run run : runs) {
      RunRows rows = RunRows.of(run.table(), query);
      for (Metric metric : run.metrics()) {
        totals.add(CurveSegments.of(rows, query, metric.name()).total());
      }
    }
    return totals.stream().mapToLong(Long::longValue).toArray();
  }
}
