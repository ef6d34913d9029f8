package org.runmetrics.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;
import org.runmetrics.series.Axis;
import org.runmetrics.view.EventSeries;
import org.runmetrics.view.Table;

/** Curves of runs as they occur, value by value. */
class ComparisonTest {
  private static final CurveAxis STEP = new CurveAxis.Step();

  private final List<Event.Metrics> events = new ArrayList<>();

  @Test
  void the_mean_of_a_constant_is_that_constant() {
    for (double constant : new double[] {1e-05, 0.12345678901234568, 0.1, 1e-320, 1.7e308}) {
      events.clear();
      log(3000, step -> constant);

      Curve curve = draw(STEP, Shape.MINMAX, 100, "loss");

      assertThat(numbers(curve.y())).hasSize(100).containsOnly(constant);
    }
  }

  @Test
  void the_mean_of_large_integers_lies_between_them() {
    for (int step = 0; step < 1000; step++) {
      add(step, 0, Map.of("tokens", new Json.Whole((1L << 53) + 1)));
    }

    Curve curve = draw(STEP, Shape.MINMAX, 10, "tokens");

    assertThat(curve.y().isWhole(0)).isTrue();
    assertThat(curve.y().whole(0)).isEqualTo((1L << 53) + 1);
  }

  @Test
  void the_mean_of_finite_values_is_finite() {
    log(1000, step -> step % 2 == 0 ? 1.1e308 : 1.5e308);

    for (double mean : numbers(draw(STEP, Shape.MINMAX, 10, "loss").y())) {
      assertThat(mean).isBetween(1.299e308, 1.301e308);
    }
  }

  @Test
  void values_that_are_not_finite_are_one_gap() {
    log(5000, step -> step >= 1000 && step < 3000 ? Double.NaN : 1.0 / (step + 1));

    for (Shape shape : List.of(Shape.MINMAX, Shape.LTTB)) {
      Curve curve = draw(STEP, shape, 100, "loss");

      List<Double> gaps =
          IntStream.range(0, curve.x().count())
              .filter(place -> Double.isNaN(curve.y().number(place)))
              .mapToObj(place -> curve.x().number(place))
              .toList();
      assertThat(gaps).as(shape.name()).hasSize(1);
      assertThat(gaps.get(0)).isBetween(1000.0, 1050.0);
      assertThat(curve.x().number(0)).isZero();
    }
  }

  @Test
  void a_curve_of_nothing_finite_is_one_gap() {
    log(500, step -> step % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);

    for (Shape shape : List.of(Shape.MINMAX, Shape.LTTB)) {
      Curve curve = draw(STEP, shape, 10, "loss");

      assertThat(numbers(curve.x())).containsExactly(0.0);
      assertThat(curve.y().number(0)).isNaN();
    }
  }

  @Test
  void steps_that_share_a_time_all_count_over_time_in_the_order_of_their_lines() {
    double[] times = {5, 5, 6, 6, 6, 4, 5, 7};
    for (int line = 0; line < times.length; line++) {
      add(line, 1000 + times[line], Map.of("loss", new Json.Whole(line)));
    }

    Curve relative = draw(new CurveAxis.Relative(), Shape.MINMAX, 100, "loss");
    Curve time = draw(new CurveAxis.Time(), Shape.RAW, 100, "loss");

    assertThat(numbers(relative.x())).containsExactly(0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0);
    assertThat(numbers(relative.y())).containsExactly(5.0, 0.0, 1.0, 6.0, 2.0, 3.0, 4.0, 7.0);
    assertThat(numbers(time.y())).containsExactly(numbers(relative.y()));
  }

  @Test
  void clocks_are_drawn_only_when_asked_for() {
    Map<String, Json.Scalar> values = new LinkedHashMap<>();
    for (String name : List.of("ts", "loss", "time", "times")) {
      values.put(name, new Json.Whole(1));
    }
    add(1, 1, values);

    assertThat(names(List.of())).containsExactly("loss", "times");
    assertThat(names(List.of("t*"))).containsExactly("ts", "time", "times");
  }

  private List<String> names(List<String> wanted) {
    List<String> names = new ArrayList<>();
    try (DrawThreads threads = new DrawThreads(1)) {
      Comparison.of(query(STEP, Shape.MINMAX, 10), Map.of("run", table(Axis.STEP)), wanted)
          .draw(threads, (run, metric, total, curve) -> metric.name(), names::add);
    }
    return names;
  }

  private Curve draw(CurveAxis axis, Shape shape, int points, String metric) {
    List<Curve> curves = new ArrayList<>();
    try (DrawThreads threads = new DrawThreads(1)) {
      Comparison.of(query(axis, shape, points), Map.of("run", table(axis.rows())), List.of(metric))
          .draw(threads, (run, drawn, total, curve) -> curve, curves::add);
    }
    return curves.get(0);
  }

  private static CurveQuery query(CurveAxis axis, Shape shape, int points) {
    return new CurveQuery(
        axis,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        points,
        shape,
        OptionalDouble.empty());
  }

  private Table table(Axis axis) {
    // Segments end within a time, and within a range of values that are not finite.
    return Table.of(EventSeries.of(events, events.size() < 10 ? 2 : 700), axis);
  }

  private void log(int steps, IntToDoubleFunction loss) {
    for (int step = 0; step < steps; step++) {
      add(step, 0, Map.of("loss", new Json.Decimal(loss.applyAsDouble(step))));
    }
  }

  private void add(int step, double time, Map<String, Json.Scalar> values) {
    events.add(new Event.Metrics(OptionalLong.of(step), OptionalDouble.of(time), values));
  }

  private static double[] numbers(Numbers numbers) {
    return IntStream.range(0, numbers.count()).mapToDouble(numbers::number).toArray();
  }
}
