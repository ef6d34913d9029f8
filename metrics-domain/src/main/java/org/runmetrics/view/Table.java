package org.runmetrics.view;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;

/**
 * A run's metrics with one row for each value of an axis, ascending.
 *
 * <p>Events of one step, or of one time, are one row; of values logged twice the one that stands
 * later in the file counts. Rows are read through a {@link RowCursor}, each time anew.
 */
public final class Table {
  private final Series series;
  private final Axis axis;
  private final List<Metric> metrics;
  private final RowOrder order;

  private Table(Series series, Axis axis) {
    this.series = series;
    this.axis = axis;
    this.metrics = series.metrics().stream().filter(metric -> metric.isOn(axis)).toList();
    this.order = RowOrder.of(series, axis);
  }

  /** Returns the table of all values by step; events without a step are left out. */
  public static Table bySteps(Series series) {
    return new Table(series, Axis.STEP);
  }

  /** Returns the table of all numbers by time; events without a time are left out. */
  public static Table byTimes(Series series) {
    return new Table(series, Axis.TIME);
  }

  /** Returns the axis of the rows. */
  public Axis axis() {
    return axis;
  }

  /** Returns the metrics, one column each, in the order in which they were first logged. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** Returns the key of the first row, or 0 without rows. */
  public long firstKey() {
    return series.min(axis).orElse(0);
  }

  /** Returns the names of all columns, the axis first; none if there are no rows. */
  public List<String> columns() {
    return rowCount() == 0
        ? List.of()
        : Stream.concat(Stream.of(axis.columnName()), metrics.stream().map(Metric::name)).toList();
  }

  /** Returns the number of rows. */
  public long rowCount() {
    return order.rowCount();
  }

  /** Returns the largest step of the run. */
  public OptionalLong lastStep() {
    return series.lastStep();
  }

  /** Returns the number of lines in the file that hold no valid event. */
  public long skippedLines() {
    return series.skippedLines();
  }

  /** Starts to read the rows. */
  public RowCursor rows() {
    return order.cursor(series, axis, metrics);
  }
}
