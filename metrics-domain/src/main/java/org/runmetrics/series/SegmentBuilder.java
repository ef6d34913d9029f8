package org.runmetrics.series;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.runmetrics.event.Event;
import org.runmetrics.event.ScannedMetrics;
import org.runmetrics.json.Json;
import org.runmetrics.json.Kind;
import org.runmetrics.series.column.Column;
import org.runmetrics.series.column.ColumnBuilder;

/**
 * Makes segments of events, one after the other; not safe for use by several threads.
 *
 * <p>The room that a segment took while it was made serves the next one.
 */
public final class SegmentBuilder {
  /** About how many bytes a segment takes at most while it is made; it is packed when built. */
  public static final int MAX_BYTES = 2 << 20;

  /** What an empty column takes: its objects, and its place in the maps. */
  private static final int COLUMN_BYTES = 500;

  /** Builders of a segment that serve the next one, at most. */
  private static final int MAX_SPARE = 1000;

  private final Map<String, ColumnBuilder> columns = new LinkedHashMap<>();
  private final Deque<ColumnBuilder> spare = new ArrayDeque<>();
  private final ColumnBuilder steps = new ColumnBuilder();
  private final ColumnBuilder times = new ColumnBuilder();
  private int rows;
  private long values;
  private long textBytes;

  /** The names of the line added last, and their columns; lines of one shape share the array. */
  private String[] lastNames = {};

  private ColumnBuilder[] lastColumns = {};
  private final IdentityHashMap<String[], ColumnBuilder[]> columnsOfNames = new IdentityHashMap<>();

  /** Goes on where a segment ended; nothing was added before. */
  public void resume(Segment segment) {
    steps.resume(segment.steps());
    times.resume(segment.times());
    rows = segment.rows();
    values = 2L * rows;
    segment
        .columns()
        .forEach(
            (name, column) -> {
              ColumnBuilder builder = column(name);
              builder.resume(column);
              values += column.count();
              textBytes += builder.textBytes();
            });
  }

  /** Appends an event as a row. */
  public void add(Event.Metrics event) {
    event.step().ifPresent(step -> steps.whole(rows, step));
    event.time().ifPresent(time -> times.decimal(rows, time));
    event.values().forEach((name, value) -> set(column(name), value));
    values += 2 + event.values().size();
    rows++;
  }

  /** Appends the values of a line as a row. */
  public void add(ScannedMetrics line) {
    if (line.hasStep()) {
      steps.whole(rows, line.step());
    }
    ColumnBuilder[] targets = columns(line.names());
    for (int i = 0; i < targets.length; i++) {
      add(targets[i], line, i);
    }
    addTime(line);
    values += 2 + targets.length;
    rows++;
  }

  /** Returns whether the segment has reached its size. */
  public boolean isFull() {
    long columnBytes = columns.size() * (COLUMN_BYTES + rows / 5L);
    return values * Long.BYTES + columnBytes + textBytes >= MAX_BYTES;
  }

  /** Returns the number of rows so far. */
  public int rows() {
    return rows;
  }

  /** Returns the segment, and starts the next. */
  public Segment build() {
    Map<String, Column> built = new LinkedHashMap<>();
    columns.forEach((name, column) -> built.put(name, column.build()));
    Column timeColumn = times.build();
    Column logged = built.getOrDefault(Axis.TIME.columnName(), Column.empty());
    Segment segment =
        new Segment(
            rows,
            steps.build(),
            // Most events tell their time themselves, so it need not be kept twice.
            timeColumn.isSame(logged) ? logged : timeColumn,
            Collections.unmodifiableMap(built));
    clear();
    return segment;
  }

  private void clear() {
    for (ColumnBuilder column : columns.values()) {
      if (spare.size() < MAX_SPARE) {
        column.clear();
        spare.push(column);
      }
    }
    columns.clear();
    columnsOfNames.clear();
    lastNames = new String[0];
    lastColumns = new ColumnBuilder[0];
    steps.clear();
    times.clear();
    rows = 0;
    values = 0;
    textBytes = 0;
  }

  private void set(ColumnBuilder column, Json.Scalar value) {
    if (value instanceof Json.Decimal decimal) {
      column.decimal(rows, decimal.value());
    } else if (value instanceof Json.Whole whole) {
      column.whole(rows, whole.value());
    } else if (value instanceof Json.Text text) {
      addText(column, text.value());
    } else if (value instanceof Json.Flag flag) {
      column.word(rows, flag.value() ? Kind.TRUE : Kind.FALSE);
    } else {
      column.word(rows, Kind.NULL);
    }
  }

  private void add(ColumnBuilder target, ScannedMetrics line, int value) {
    switch (line.kind(value)) {
      case WHOLE -> target.whole(rows, line.bits(value));
      case DECIMAL -> addDecimal(target, line, value);
      case TEXT -> addText(target, line.text(value));
      case NULL, FALSE, TRUE -> target.word(rows, line.kind(value));
      case ABSENT -> throw new IllegalStateException("A scanned value is never absent");
    }
  }

  private void addDecimal(ColumnBuilder target, ScannedMetrics line, int value) {
    if (line.scale(value) == ScannedMetrics.NOT_SCALED) {
      target.decimal(rows, Double.longBitsToDouble(line.bits(value)));
    } else {
      target.scaled(rows, line.bits(value), line.scale(value));
    }
  }

  private void addText(ColumnBuilder column, String text) {
    long before = column.textBytes();
    column.text(rows, text);
    textBytes += column.textBytes() - before;
  }

  private void addTime(ScannedMetrics line) {
    int value = line.timeValue();
    if (value == ScannedMetrics.NO_TIME) {
      return;
    }
    if (line.kind(value) == Kind.WHOLE) {
      times.whole(rows, line.bits(value));
    } else {
      addDecimal(times, line, value);
    }
  }

  private ColumnBuilder column(String name) {
    return columns.computeIfAbsent(
        name, key -> spare.isEmpty() ? new ColumnBuilder() : spare.pop());
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
      found[i] = column(names[i]);
    }
    return found;
  }
}
