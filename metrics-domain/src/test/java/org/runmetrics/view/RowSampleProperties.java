package org.runmetrics.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;

/** Whatever was logged, a sample keeps both ends and what stands out. */
class RowSampleProperties {

  @Property(tries = 300)
  void a_sample_keeps_both_ends_and_the_extremes_of_every_metric(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 800) int rows,
      @ForAll @IntRange(min = 0, max = 6) int metrics,
      @ForAll @IntRange(min = 14, max = 200) int most) {
    Table table = Table.bySteps(EventSeries.of(events(random, rows, metrics), 100));
    NavigableMap<Long, Map<String, Json>> all = rows(table, table.rows());

    NavigableMap<Long, Map<String, Json>> sample = rows(table, table.sample(table.rows(), most));

    assertThat(sample).hasSizeLessThanOrEqualTo(most);
    assertThat(all.entrySet()).containsAll(sample.entrySet());
    assertThat(sample.firstKey()).isEqualTo(all.firstKey());
    assertThat(sample.lastKey()).isEqualTo(all.lastKey());
    for (int metric = 0; metric < metrics; metric++) {
      assertThat(extremes(sample, "m" + metric)).isEqualTo(extremes(all, "m" + metric));
    }
    assertThat(rows(table, table.sample(table.rows(), most))).isEqualTo(sample);
  }

  @Property(tries = 300)
  void one_spike_among_many_metrics_is_never_lost(
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 49) int metric,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double place,
      @ForAll @IntRange(min = 103, max = 1500) int rows) {
    int spike = (int) (place * rows);
    List<Event.Metrics> events = new ArrayList<>();
    for (int step = 0; step < rows; step++) {
      Map<String, Json.Scalar> values = new TreeMap<>();
      for (int i = 0; i < 50; i++) {
        boolean here = i == metric && step == spike;
        values.put("m" + i, new Json.Decimal(here ? 1000 : random.nextInt(1000) / 1000.0));
      }
      events.add(event(step, values));
    }
    Table table = Table.bySteps(EventSeries.of(events, 300));

    NavigableMap<Long, Map<String, Json>> sample = rows(table, table.sample(table.rows(), 102));

    assertThat(sample).hasSizeLessThanOrEqualTo(102).containsKey((long) spike);
  }

  @Property(tries = 100)
  void every_bucket_keeps_its_extremes_where_there_is_room(@ForAll Random random) {
    int rows = 4000;
    Table table =
        Table.bySteps(
            EventSeries.of(
                IntStream.range(0, rows)
                    .mapToObj(
                        step -> event(step, Map.of("a", new Json.Decimal(random.nextDouble()))))
                    .toList(),
                700));
    NavigableMap<Long, Map<String, Json>> all = rows(table, table.rows());

    // Two ends, and two extremes of each of 49 buckets.
    NavigableMap<Long, Map<String, Json>> sample = rows(table, table.sample(table.rows(), 100));

    for (long bucket = 0; bucket < 24; bucket++) {
      // Wherever the borders are, each range twice as long as a bucket holds one as a whole.
      long from = bucket * 2 * rows / 49;
      long to = (bucket + 1) * 2 * rows / 49;
      assertThat(sample.subMap(from, to)).hasSizeGreaterThanOrEqualTo(2);
      assertThat(all.subMap(from, to)).hasSizeGreaterThan(100);
    }
  }

  @Property(tries = 100)
  void a_sample_has_as_many_rows_as_asked_for(
      @ForAll @IntRange(min = 1, max = 70) int metrics,
      @ForAll @IntRange(min = 2, max = 150) int most,
      @ForAll boolean constant) {
    List<Event.Metrics> events = new ArrayList<>();
    for (int step = 0; step < 500; step++) {
      Map<String, Json.Scalar> values = new TreeMap<>();
      for (int metric = 0; metric < metrics; metric++) {
        values.put("m" + metric, new Json.Whole(constant ? 1 : step));
      }
      events.add(event(step, values));
    }
    Table table = Table.bySteps(EventSeries.of(events, 300));

    assertThat(table.sample(table.rows(), most).count()).isEqualTo(most);
  }

  @Property(tries = 100)
  void extremes_of_integers_are_exact_beyond_what_doubles_hold(@ForAll Random random) {
    List<Event.Metrics> events = new ArrayList<>();
    for (int step = 0; step < 1000; step++) {
      events.add(event(step, Map.of("a", new Json.Whole((1L << 60) + random.nextInt(100)))));
    }
    Table table = Table.bySteps(EventSeries.of(events, 300));

    assertThat(extremes(rows(table, table.sample(table.rows(), 10)), "a"))
        .isEqualTo(extremes(rows(table, table.rows()), "a"));
  }

  private static List<Event.Metrics> events(Random random, int rows, int metrics) {
    List<Event.Metrics> events = new ArrayList<>();
    boolean ordered = random.nextBoolean();
    for (int i = 0; i < rows; i++) {
      Map<String, Json.Scalar> values = new TreeMap<>();
      for (int metric = 0; metric < metrics; metric++) {
        if (random.nextInt(metric + 1) == 0) {
          values.put("m" + metric, value(random));
        }
      }
      if (random.nextInt(10) == 0) {
        values.put("stage", new Json.Text("warm-up"));
      }
      events.add(event(ordered ? i : random.nextInt(rows), values));
    }
    return events;
  }

  private static Json.Scalar value(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> new Json.Decimal(Double.NaN);
      case 1 -> new Json.Decimal(Double.NEGATIVE_INFINITY);
      case 2 -> new Json.Whole(random.nextInt(5));
      case 3 -> Json.Null.NULL;
      case 4 -> new Json.Decimal(random.nextGaussian() * 1e9);
      default -> new Json.Decimal(random.nextInt(10_000) / 100.0);
    };
  }

  private static Event.Metrics event(long step, Map<String, Json.Scalar> values) {
    return new Event.Metrics(OptionalLong.of(step), OptionalDouble.empty(), values);
  }

  private static NavigableMap<Long, Map<String, Json>> rows(Table table, Rows chosen) {
    NavigableMap<Long, Map<String, Json>> rows = new TreeMap<>();
    TableRows.forEach(table, chosen, rows::put);
    return rows;
  }

  /** Returns the smallest and the largest finite number of a metric, if there is one. */
  private static List<String> extremes(Map<Long, Map<String, Json>> rows, String metric) {
    List<BigDecimal> numbers =
        rows.values().stream()
            .map(row -> row.get(metric))
            .filter(
                value ->
                    value instanceof Json.Whole
                        || (value instanceof Json.Decimal decimal
                            && Double.isFinite(decimal.value())))
            .map(
                value ->
                    value instanceof Json.Whole whole
                        ? BigDecimal.valueOf(whole.value())
                        : new BigDecimal(((Json.Decimal) value).value()))
            .sorted(Comparator.naturalOrder())
            .toList();
    return numbers.isEmpty()
        ? List.of()
        : List.of(
            numbers.get(0).stripTrailingZeros().toPlainString(),
            numbers.get(numbers.size() - 1).stripTrailingZeros().toPlainString());
  }
}
