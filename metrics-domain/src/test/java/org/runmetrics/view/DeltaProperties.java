package org.runmetrics.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;
import org.runmetrics.series.Axis;

/** Whatever the order of events, what was read and a delta are the table, and no row too much. */
class DeltaProperties {

  @Property(tries = 300)
  void a_copy_with_the_delta_is_the_table(
      @ForAll("events") List<Event.Metrics> events,
      @ForAll @IntRange(min = 1, max = 8) int rows,
      @ForAll @IntRange(max = 40) int place,
      @ForAll("axes") Axis axis) {
    int read = Math.min(place, events.size());
    Table before = Table.of(EventSeries.of(events.subList(0, read), rows), axis);
    Table table = Table.of(EventSeries.of(events, rows), axis);

    Delta delta = Delta.behind(table, read);

    Map<Double, Map<String, Json>> copy = new TreeMap<>();
    if (!delta.reset()) {
      copy.putAll(rows(before, before.rows()));
    }
    copy.putAll(rows(table, delta.rows()));
    assertThat(copy).isEqualTo(rows(table, table.rows()));
  }

  @Property(tries = 300)
  void a_delta_has_no_row_that_no_new_event_touched(
      @ForAll("events") List<Event.Metrics> events,
      @ForAll @IntRange(min = 1, max = 8) int rows,
      @ForAll @IntRange(max = 40) int place,
      @ForAll("axes") Axis axis) {
    int read = Math.min(place, events.size());
    Table table = Table.of(EventSeries.of(events, rows), axis);

    Delta delta = Delta.behind(table, read);

    Set<Double> touched = new HashSet<>();
    events.subList(read, events.size()).forEach(event -> touched.addAll(places(event, axis)));
    Set<Double> answered = new HashSet<>();
    TableRows.forEach(table, delta.rows(), (key, row) -> answered.add(place(axis, key)));
    if (delta.reset()) {
      assertThat(answered).hasSize((int) table.rowCount());
      assertThat(axis).isEqualTo(Axis.TIME);
    } else {
      assertThat(answered).isEqualTo(touched);
    }
  }

  /** Returns rows by the step, or by the time from the first row on, that clients know them by. */
  private static Map<Double, Map<String, Json>> rows(Table table, Rows chosen) {
    double start = table.axis() == Axis.TIME ? Axis.timeOfKey(table.firstKey()) : 0;
    Map<Double, Map<String, Json>> rows = new TreeMap<>();
    TableRows.forEach(table, chosen, (key, row) -> rows.put(place(table.axis(), key) - start, row));
    return rows;
  }

  /** A delta is one of rows that are merged: of the others no key tells which row it is. */
  @Provide
  Arbitrary<Axis> axes() {
    return Arbitraries.of(Axis.values()).filter(Axis::merges);
  }

  private static double place(Axis axis, long key) {
    return axis == Axis.STEP ? key : Axis.timeOfKey(key);
  }

  private static Set<Double> places(Event.Metrics event, Axis axis) {
    if (axis == Axis.STEP) {
      OptionalLong step = event.step();
      return step.isPresent() ? Set.of((double) step.getAsLong()) : Set.of();
    }
    return event.time().isPresent() ? Set.of(event.time().getAsDouble()) : Set.of();
  }

  @Provide
  Arbitrary<List<Event.Metrics>> events() {
    // Now and then in order, as most runs are.
    Arbitrary<List<Event.Metrics>> any = new TableProperties().events();
    Arbitrary<List<Event.Metrics>> inOrder =
        any.map(
            events ->
                events.stream()
                    .filter(event -> event.step().isPresent())
                    .sorted((a, b) -> Long.compare(step(a), step(b)))
                    .toList());
    return Arbitraries.oneOf(any, inOrder);
  }

  private static long step(Event.Metrics event) {
    return event.step().orElseThrow();
  }
}
