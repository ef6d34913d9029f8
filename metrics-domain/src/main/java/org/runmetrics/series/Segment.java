package org.runmetrics.series;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.runmetrics.series.column.Column;

/**
 * The metrics events of one byte range of a file, as columns.
 *
 * <p>A row is an event, in the order of the file. Immutable.
 */
public final class Segment {
  private static final Segment EMPTY = new Segment(0, Column.empty(), Column.empty(), Map.of());

  private final int rows;
  private final Column steps;
  private final Column times;
  private final Map<String, Column> columns;

  Segment(int rows, Column steps, Column times, Map<String, Column> columns) {
    this.rows = rows;
    this.steps = steps;
    this.times = times;
    this.columns = columns;
  }

  /** Returns the segment without rows. */
  public static Segment empty() {
    return EMPTY;
  }

  /** Returns a segment whose rows are merged events, each with a place on one axis alone. */
  public static Segment merged(Axis axis, Column keys, Map<String, Column> columns) {
    boolean byStep = axis == Axis.STEP;
    return new Segment(
        keys.length(), byStep ? keys : Column.empty(), byStep ? Column.empty() : keys, columns);
  }

  /** Returns the number of events. */
  public int rows() {
    return rows;
  }

  /** Returns the values of a metric, all absent if the segment has none. */
  public Column column(String metric) {
    return columns.getOrDefault(metric, Column.empty());
  }

  /** Returns the names of the metrics in the order in which the segment's lines first name them. */
  public Set<String> names() {
    return Collections.unmodifiableSet(columns.keySet());
  }

  /** Returns the metrics in the order in which the segment's lines first name them. */
  public List<Metric> metrics() {
    return columns.entrySet().stream()
        .map(column -> Metric.of(column.getKey(), this, column.getValue()))
        .toList();
  }

  /** Returns about how many bytes of heap it takes. */
  public long bytes() {
    long bytes = 128 + steps.bytes() + times.bytes();
    for (Map.Entry<String, Column> column : columns.entrySet()) {
      bytes += 128 + 2L * column.getKey().length() + column.getValue().bytes();
    }
    return bytes;
  }

  Column steps() {
    return steps;
  }

  Column times() {
    return times;
  }

  Map<String, Column> columns() {
    return columns;
  }
}
