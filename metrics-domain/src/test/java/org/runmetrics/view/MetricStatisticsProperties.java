package org.runmetrics.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;
import org.runmetrics.series.Metric;

/** Whatever was logged, in whatever order, the statistics are those of a walk over all rows. */
class MetricStatisticsProperties {

  /** What a plain walk over the rows of a table finds. */
  private static final class Walk {
    private Optional<Json> first = Optional.empty();
    private Optional<Json> last = Optional.empty();
    private Optional<Json> min = Optional.empty();
    private Optional<Json> max = Optional.empty();
    private OptionalLong minStep = OptionalLong.empty();
    private OptionalLong maxStep = OptionalLong.empty();
    private long count;
    private long nonfinite;

    void add(long step, Json value) {
      if (value instanceof Json.Decimal decimal && !Double.isFinite(decimal.value())) {
        nonfinite++;
      } else if (value instanceof Json.Whole || value instanceof Json.Decimal) {
        count++;
        first = first.or(() -> Optional.of(value));
        last = Optional.of(value);
        if (min.isEmpty() || order(value, min.get()) < 0) {
          min = last;
          minStep = OptionalLong.of(step);
        }
        if (max.isEmpty() || order(value, max.get()) > 0) {
          max = last;
          maxStep = OptionalLong.of(step);
        }
      }
    }

    private static int order(Json one, Json other) {
      return one instanceof Json.Whole a && other instanceof Json.Whole b
          ? Long.compare(a.value(), b.value())
          : Double.compare(number(one) + 0.0, number(other) + 0.0);
    }
  }

  @Property(tries = 400)
  void statistics_are_those_of_a_walk(
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 700) int count,
      @ForAll @IntRange(min = 1, max = 300) int rowsASegment,
      @ForAll boolean inOrder) {
    List<Event.Metrics> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long step = inOrder ? i : random.nextInt(200);
      events.add(new Event.Metrics(OptionalLong.of(step), OptionalDouble.empty(), values(random)));
    }
    Table table = MetricStatistics.rows(EventSeries.of(events, rowsASegment));
    List<Metric> metrics = table.metrics().stream().filter(Metric::numeric).toList();
    Map<String, Walk> walks =
        metrics.stream().collect(Collectors.toMap(Metric::name, metric -> new Walk()));
    TableRows.forEach(
        table,
        (step, row) ->
            row.forEach(
                (name, value) -> {
                  walks.computeIfPresent(
                      name,
                      (metric, walk) -> {
                        walk.add(step, value);
                        return walk;
                      });
                }));

    for (MetricStatistics statistics : MetricStatistics.of(table, metrics)) {
      Walk walk = walks.getOrDefault(statistics.metric().name(), new Walk());
      boolean whole = statistics.metric().whole();
      assertThat(statistics.first().map(Json.class::cast)).isEqualTo(shown(walk.first, whole));
      assertThat(statistics.last().map(Json.class::cast)).isEqualTo(shown(walk.last, whole));
      assertThat(statistics.min().map(Json.class::cast)).isEqualTo(shown(walk.min, whole));
      assertThat(statistics.max().map(Json.class::cast)).isEqualTo(shown(walk.max, whole));
      assertThat(statistics.minStep()).isEqualTo(walk.minStep);
      assertThat(statistics.maxStep()).isEqualTo(walk.maxStep);
      assertThat(statistics.count()).isEqualTo(walk.count);
      assertThat(statistics.nonfinite()).isEqualTo(walk.nonfinite);
    }
  }

  private static Map<String, Json.Scalar> values(Random random) {
    Map<String, Json.Scalar> values = new HashMap<>();
    values.put("whole", new Json.Whole(random.nextInt(20)));
    values.put("huge", new Json.Whole(Long.MAX_VALUE - random.nextInt(3)));
    if (random.nextInt(3) == 0) {
      values.put("sparse", new Json.Decimal(random.nextInt(1000) / 8.0));
    }
    boolean broken = random.nextInt(10) > 0;
    values.put("nan", new Json.Decimal(broken ? Double.NaN : random.nextGaussian()));
    values.put(
        "mixed",
        switch (random.nextInt(5)) {
          case 0 -> new Json.Text("7");
          case 1 -> new Json.Flag(true);
          case 2 -> new Json.Whole(random.nextInt(5));
          case 3 -> new Json.Decimal(Double.NEGATIVE_INFINITY);
          default -> new Json.Decimal(random.nextInt(40) / 8.0);
        });
    return values;
  }

  private static Optional<Json> shown(Optional<Json> value, boolean whole) {
    return whole ? value : value.map(number -> new Json.Decimal(number(number)));
  }

  private static double number(Json value) {
    return value instanceof Json.Whole whole
        ? (double) whole.value()
        : ((Json.Decimal) value).value();
  }
}
