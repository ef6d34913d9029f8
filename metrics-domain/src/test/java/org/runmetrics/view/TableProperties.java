package org.runmetrics.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;
import org.runmetrics.series.Axis;

/** Whatever the order of events and the borders of segments, a table is the plain merge. */
class TableProperties {

  @Property
  void rows_by_step_are_the_events_merged_one_after_the_other(
      @ForAll("events") List<Event.Metrics> events, @ForAll("rowsASegment") int rows) {
    TreeMap<Long, Map<String, Json>> expected = new TreeMap<>();
    for (Event.Metrics event : events) {
      if (event.step().isPresent()) {
        expected
            .computeIfAbsent(event.step().getAsLong(), step -> new HashMap<>())
            .putAll(event.values());
      }
    }

    Table table = Table.bySteps(EventSeries.of(events, rows));

    assertThat(rows(table)).isEqualTo(expected);
    assertThat(table.rowCount()).isEqualTo(expected.size());
  }

  @Property
  void rows_by_time_are_the_numbers_merged_one_after_the_other(
      @ForAll("events") List<Event.Metrics> events, @ForAll("rowsASegment") int rows) {
    TreeMap<Long, Map<String, Json>> expected = new TreeMap<>();
    for (Event.Metrics event : events) {
      if (event.time().isPresent()) {
        Map<String, Json> row =
            expected.computeIfAbsent(
                (long) (event.time().getAsDouble() * 2), time -> new HashMap<>());
        event
            .values()
            .forEach(
                (name, value) -> {
                  if (value instanceof Json.Whole || value instanceof Json.Decimal) {
                    row.put(name, value);
                  }
                });
      }
    }

    Table table = Table.byTimes(EventSeries.of(events, rows));

    Map<Long, Map<String, Json>> actual = new TreeMap<>();
    rows(table).forEach((key, row) -> actual.put((long) (Axis.timeOfKey(key) * 2), row));
    assertThat(actual).isEqualTo(expected);
    assertThat(table.rowCount()).isEqualTo(expected.size());
  }

  private static Map<Long, Map<String, Json>> rows(Table table) {
    Map<Long, Map<String, Json>> rows = new TreeMap<>();
    List<Long> keys = new ArrayList<>();
    TableRows.forEach(
        table,
        (key, row) -> {
          rows.put(key, row);
          keys.add(key);
        });
    assertThat(keys).isSorted().doesNotHaveDuplicates();
    return rows;
  }

  @Provide
  Arbitrary<Integer> rowsASegment() {
    return Arbitraries.integers().between(1, 8);
  }

  @Provide
  Arbitrary<List<Event.Metrics>> events() {
    Arbitrary<OptionalLong> step =
        Arbitraries.longs()
            .between(-3, 12)
            .map(OptionalLong::of)
            .injectDuplicates(0.3)
            .edgeCases(edges -> edges.add(OptionalLong.empty(), OptionalLong.of(Long.MIN_VALUE)));
    Arbitrary<OptionalDouble> time =
        Arbitraries.integers()
            .between(-4, 20)
            .map(half -> half == 20 ? OptionalDouble.empty() : OptionalDouble.of(half / 2.0));
    Arbitrary<Json.Scalar> value =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Json.Whole::new),
            Arbitraries.doubles().map(Json.Decimal::new),
            Arbitraries.doubles().between(-1e6, 1e6).ofScale(3).map(Json.Decimal::new),
            Arbitraries.doubles().between(-1, 1).ofScale(12).map(Json.Decimal::new),
            Arbitraries.of(-0.0, 0.0, Double.NaN, 1e22, 0x1p63).map(Json.Decimal::new),
            Arbitraries.of("train", "eval").map(Json.Text::new),
            Arbitraries.of(new Json.Flag(true), new Json.Flag(false), Json.Null.NULL));
    Arbitrary<Map<String, Json.Scalar>> values =
        Arbitraries.maps(Arbitraries.of("loss", "acc", "stage", "lr"), value).ofMaxSize(4);
    return Combinators.combine(step, time, values).as(Event.Metrics::new).list().ofMaxSize(40);
  }
}
