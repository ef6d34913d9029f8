package org.runmetrics.series;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.runmetrics.event.Event;

/** Makes a segment of events; not safe for use by several threads. */
public final class SegmentBuilder {
  /** About how many bytes a segment takes at most, so that a number of segments bounds memory. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int SLOT_BYTES = 9;

  /** What an empty column takes: its objects, and its place in the maps. */
  private static final int COLUMN_BYTES = 200;

  private final Map<String, ColumnBuilder> columns = new LinkedHashMap<>();
  private final ColumnBuilder steps;
  private final ColumnBuilder times;
  private int rows;
  private long textBytes;

  /** Starts an empty segment. */
  public SegmentBuilder() {
    this.steps = new ColumnBuilder();
    this.times = new ColumnBuilder();
  }

  /** Goes on where a segment ended, which stays as it is. */
  public SegmentBuilder(Segment segment) {
    this.steps = ColumnBuilder.of(segment.steps());
    this.times = ColumnBuilder.of(segment.times());
    this.rows = segment.rows();
    segment
        .columns()
        .forEach(
            (name, column) -> {
              ColumnBuilder builder = ColumnBuilder.of(column);
              columns.put(name, builder);
              textBytes += builder.textBytes();
            });
  }

  /** Appends an event as a row. */
  public void add(Event.Metrics event) {
    event.step().ifPresent(step -> steps.whole(rows, step));
    event.time().ifPresent(time -> times.decimal(rows, time));
    event
        .values()
        .forEach(
            (name, value) -> {
              ColumnBuilder builder = columns.computeIfAbsent(name, key -> new ColumnBuilder());
              long before = builder.textBytes();
              builder.set(rows, value);
              textBytes += builder.textBytes() - before;
            });
    rows++;
  }

  /** Tells whether the segment has reached its size. */
  public boolean isFull() {
    long slots = (long) rows * (columns.size() + 2);
    return slots * SLOT_BYTES + (long) columns.size() * COLUMN_BYTES + textBytes >= MAX_BYTES;
  }

  /** Returns the number of rows so far. */
  public int rows() {
    return rows;
  }

  /** Returns the segment so far; the builder may go on. */
  public Segment build() {
    Map<String, Column> built = new LinkedHashMap<>();
    columns.forEach((name, column) -> built.put(name, column.build()));
    return new Segment(rows, steps.build(), times.build(), Collections.unmodifiableMap(built));
  }
}
