package org.runmetrics.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;
import org.runmetrics.series.Series;
import org.runmetrics.view.EventSeries;
import org.runmetrics.view.Table;
import org.runmetrics.view.TableRows;

/** Whatever was logged, a curve is what a plain loop over the rows makes of it. */
class CurveProperties {
  private static final CurveAxis STEP = new CurveAxis.Step();

  private record Point(double x, double y) {}

  @Property(tries = 200)
  void buckets_hold_mean_and_extremes_of_their_values(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 1500) int rows,
      @ForAll @IntRange(min = 10, max = 60) int points,
      @ForAll boolean ordered) {
    Table table = Table.bySteps(series(random, rows, ordered));
    List<Point> all = values(table, "loss");

    Curve curve = draw(table, query(STEP, points, Shape.MINMAX, OptionalDouble.empty()), "loss");

    if (all.size() <= points) {
      assertThat(points(curve)).isEqualTo(all);
      assertThat(curve.bands().isPresent()).isFalse();
      return;
    }
    NavigableMap<Integer, List<Point>> buckets = new TreeMap<>();
    double first = all.get(0).x();
    double width = all.get(all.size() - 1).x() / points - first / points;
    for (Point point : all) {
      int bucket = Math.min(points - 1, (int) ((point.x() - first) / width));
      buckets.computeIfAbsent(bucket, number -> new ArrayList<>()).add(point);
    }
    int place = 0;
    boolean gap = false;
    for (List<Point> bucket : buckets.values()) {
      double[] finite =
          bucket.stream().mapToDouble(Point::y).filter(Double::isFinite).sorted().toArray();
      if (finite.length == 0 && gap) {
        continue;
      }
      gap = finite.length == 0;
      assertThat(curve.x().number(place)).isEqualTo(bucket.get(0).x());
      if (gap) {
        assertThat(curve.y().number(place)).isNaN();
        assertThat(curve.bands().min().number(place)).isNaN();
      } else {
        double mean = Arrays.stream(finite).average().orElseThrow();
        double size = Math.max(Math.abs(finite[0]), Math.abs(finite[finite.length - 1]));
        assertThat(curve.y().number(place)).isCloseTo(mean, within(1e-12 * size));
        assertThat(curve.bands().min().number(place)).isEqualTo(finite[0]);
        assertThat(curve.bands().max().number(place)).isEqualTo(finite[finite.length - 1]);
        assertThat(curve.y().number(place)).isBetween(finite[0], finite[finite.length - 1]);
      }
      place++;
    }
    assertThat(curve.x().count()).isEqualTo(place).isLessThanOrEqualTo(points);
  }

  @Property(tries = 200)
  void chosen_values_were_logged_and_hold_both_ends_and_both_extremes(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3000) int rows,
      @ForAll @IntRange(min = 10, max = 60) int points) {
    Table table = Table.bySteps(series(random, rows, true));
    List<Point> all = values(table, "loss");
    Comparator<Point> byValue = Comparator.comparingDouble(Point::y);

    Curve curve = draw(table, query(STEP, points, Shape.LTTB, OptionalDouble.empty()), "loss");

    List<Point> shown = points(curve);
    if (all.size() <= points) {
      assertThat(shown).isEqualTo(all);
      return;
    }
    assertThat(shown).isSubsetOf(all).doesNotHaveDuplicates();
    assertThat(shown).isSortedAccordingTo(Comparator.comparingDouble(Point::x));
    List<Point> gaps = gaps(all);
    if (gaps.size() <= points) {
      assertThat(shown).filteredOn(point -> !Double.isFinite(point.y())).isEqualTo(gaps);
    }
    List<Point> chosen = shown.stream().filter(point -> Double.isFinite(point.y())).toList();
    assertThat(chosen).hasSizeLessThanOrEqualTo(points);
    List<Point> finite = all.stream().filter(point -> Double.isFinite(point.y())).toList();
    if (finite.isEmpty()) {
      assertThat(chosen).isEmpty();
      return;
    }
    assertThat(chosen.get(0)).isEqualTo(finite.get(0));
    assertThat(chosen.get(chosen.size() - 1)).isEqualTo(finite.get(finite.size() - 1));
    all.stream()
        .filter(point -> Double.isFinite(point.y()))
        .min(byValue)
        .ifPresent(min -> assertThat(chosen).anyMatch(point -> point.y() == min.y()));
    all.stream()
        .filter(point -> Double.isFinite(point.y()))
        .max(byValue)
        .ifPresent(max -> assertThat(chosen).anyMatch(point -> point.y() == max.y()));
  }

  @Property(tries = 100)
  void values_that_lie_close_together_are_chosen_from_as_others(
      @ForAll @IntRange(min = 0, max = 4000) int start) {
    List<Event.Metrics> events = new ArrayList<>();
    for (int step = 0; step < 5000; step++) {
      Map<String, Json.Scalar> values = new TreeMap<>();
      values.put("other", new Json.Whole(step));
      if (step >= start && step < start + 1000) {
        values.put("loss", new Json.Whole(step * 7 % 100));
      }
      events.add(new Event.Metrics(OptionalLong.of(step), OptionalDouble.empty(), values));
    }
    Table table = Table.bySteps(EventSeries.of(events, 700));

    Curve curve = draw(table, query(STEP, 20, Shape.LTTB, OptionalDouble.empty()), "loss");

    // Two places are held for the extremes, which LTTB may choose itself, or be the ends.
    assertThat(curve.x().count()).isBetween(16, 20);
  }

  @Property(tries = 100)
  void a_range_cuts_the_values_at_both_ends(
      @ForAll Random random,
      @ForAll @IntRange(min = -5, max = 900) int min,
      @ForAll @IntRange(min = -5, max = 900) int max) {
    Table table = Table.bySteps(series(random, 800, true));
    CurveQuery query = new CurveQuery(STEP, min, max, 10, Shape.RAW, OptionalDouble.empty());

    assertThat(points(draw(table, query, "loss")))
        .isEqualTo(
            values(table, "loss").stream()
                .filter(point -> point.x() >= min && point.x() <= max)
                .toList());
  }

  @Property(tries = 100)
  void smoothing_is_the_average_without_its_bias(
      @ForAll Random random, @ForAll @DoubleRange(min = 0.01, max = 0.99) double weight) {
    Table table = Table.bySteps(series(random, 300, true));
    CurveQuery query = query(STEP, 10_000, Shape.MINMAX, OptionalDouble.of(weight));

    List<Point> smooth = points(draw(table, query, "loss"));

    double average = 0;
    int count = 0;
    List<Point> all = values(table, "loss");
    assertThat(smooth).hasSameSizeAs(all);
    for (int i = 0; i < all.size(); i++) {
      double value = all.get(i).y();
      if (Double.isFinite(value)) {
        average = weight * average + (1 - weight) * value;
        count++;
        double expected = average / (1 - Math.pow(weight, count));
        assertThat(smooth.get(i).y())
            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
      } else {
        assertThat(smooth.get(i).y()).isEqualTo(Double.valueOf(value));
      }
    }
  }

  @Property(tries = 100)
  void a_metric_as_axis_pairs_values_of_one_row_in_its_order(@ForAll Random random) {
    Table table = Table.bySteps(series(random, 300, false));
    List<Point> expected = new ArrayList<>();
    TableRows.forEach(
        table,
        (key, row) -> {
          double x = number(row.getOrDefault("tokens", Json.Null.NULL));
          if (Double.isFinite(x) && isNumber(row.getOrDefault("loss", Json.Null.NULL))) {
            expected.add(new Point(x, number(row.getOrDefault("loss", Json.Null.NULL))));
          }
        });
    expected.sort(Comparator.comparingDouble(Point::x));

    CurveQuery query =
        query(new CurveAxis.OfMetric("tokens"), 10, Shape.RAW, OptionalDouble.empty());

    assertThat(points(draw(table, query, "loss"))).isEqualTo(expected);
  }

  /** Returns the first of all values that follow each other of which none is finite. */
  private static List<Point> gaps(List<Point> all) {
    List<Point> gaps = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean afterFinite = i == 0 || Double.isFinite(all.get(i - 1).y());
      if (afterFinite && !Double.isFinite(all.get(i).y())) {
        gaps.add(all.get(i));
      }
    }
    return gaps;
  }

  private static CurveQuery query(CurveAxis axis, int points, Shape shape, OptionalDouble smooth) {
    return new CurveQuery(
        axis, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, points, shape, smooth);
  }

  private static Curve draw(Table table, CurveQuery query, String metric) {
    List<Curve> curves = new ArrayList<>();
    try (DrawThreads threads = new DrawThreads(1)) {
      Comparison.of(query, Map.of("run", table), List.of(metric))
          .draw(threads, (run, drawn, total, curve) -> curve, curves::add);
    }
    Numbers none = new Numbers(0);
    return curves.isEmpty() ? new Curve(none, none, Curve.Bands.NONE) : curves.get(0);
  }

  private static List<Point> points(Curve curve) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < curve.x().count(); i++) {
      points.add(new Point(curve.x().number(i), curve.y().number(i)));
    }
    return points;
  }

  private static List<Point> values(Table table, String metric) {
    List<Point> values = new ArrayList<>();
    TableRows.forEach(
        table,
        (step, row) -> {
          if (isNumber(row.getOrDefault(metric, Json.Null.NULL))) {
            values.add(new Point(step, number(row.getOrDefault(metric, Json.Null.NULL))));
          }
        });
    return values;
  }

  private static boolean isNumber(Json value) {
    return value instanceof Json.Whole || value instanceof Json.Decimal;
  }

  private static double number(Json value) {
    if (value instanceof Json.Whole whole) {
      return whole.value();
    }
    return value instanceof Json.Decimal decimal ? decimal.value() : Double.NaN;
  }

  private static Series series(Random random, int rows, boolean ordered) {
    List<Event.Metrics> events = new ArrayList<>();
    int special = random.nextInt(20);
    for (int i = 0; i < rows; i++) {
      Map<String, Json.Scalar> values = new TreeMap<>();
      if (random.nextInt(4) > 0) {
        values.put("loss", value(random, special));
      }
      values.put("tokens", new Json.Whole(random.nextInt(100)));
      long step = ordered ? i : random.nextInt(rows);
      events.add(new Event.Metrics(OptionalLong.of(step), OptionalDouble.empty(), values));
    }
    return EventSeries.of(events, 1 + random.nextInt(700));
  }

  /** Most series are of one kind of number; some of many. */
  private static Json.Scalar value(Random random, int special) {
    int kind = random.nextInt(20) == 0 ? random.nextInt(8) : special;
    return switch (kind) {
      case 0 -> new Json.Decimal(Double.NaN);
      case 1 -> new Json.Decimal(Double.POSITIVE_INFINITY);
      case 2 -> new Json.Text("broken");
      case 3, 9, 10 -> new Json.Whole(random.nextInt(1000) - 500);
      case 4, 11, 12 -> new Json.Decimal(random.nextGaussian());
      case 5, 13 -> new Json.Whole(random.nextLong() >> 12);
      default -> new Json.Decimal(random.nextInt(100_000) / 1000.0 - 50);
    };
  }
}
