package org.runmetrics.series;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.runmetrics.event.Event;
import org.runmetrics.event.ScannedMetrics;
import org.runmetrics.json.Kind;

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

  /** The names of the line added last, and their columns; lines of one shape share the array. */
  private String[] lastNames = {};

  private ColumnBuilder[] lastColumns = {};
  private final IdentityHashMap<String[], ColumnBuilder[]> columnsOfNames = new IdentityHashMap<>();

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

  /** Appends the values of a line as a row. */
  public void add(ScannedMetrics line) {
    if (line.hasStep()) {
      steps.whole(rows, line.step());
    }
    if (line.hasTime()) {
      times.decimal(rows, line.time());
    }
    ColumnBuilder[] targets = columns(line.names());
    for (int i = 0; i < targets.length; i++) {
      ColumnBuilder target = targets[i];
      if (line.kind(i) == Kind.TEXT) {
        long before = target.textBytes();
        target.text(rows, line.text(i));
        textBytes += target.textBytes() - before;
      } else {
        target.slot(rows, line.kind(i), line.bits(i));
      }
    }
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

  private ColumnBuilder[] columns(String[] names) {
    if (names != lastNames) {
      lastNames = names;
      lastColumns = columnsOfNames.computeIfAbsent(names, this::newColumns);
    }
    return lastColumns;
  }

  private ColumnBuilder[] newColumns(String[] names) {
    ColumnBuilder[] found = new ColumnBuilder[names.length];
    for (int i = 0; i < names.length; i++) {
      found[i] = columns.computeIfAbsent(names[i], key -> new ColumnBuilder());
    }
    return found;
  }
}
