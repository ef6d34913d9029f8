package org.runmetrics.view;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;

/**
 * A run's metrics with one row for each value of an axis, ascending.
 *
 * <p>Events of one step, or of one time, are one row; of values logged twice the one that stands
 * later in the file counts. Rows are read block by block, each time anew, so the table is never in
 * memory as a whole.
 */
public final class Table {
  private final Series series;
  private final Axis axis;
  private final List<Metric> metrics;
  private final List<RowGroup> groups;
  private final long rowCount;

  private Table(Series series, Axis axis) {
    this.series = series;
    this.axis = axis;
    this.metrics = series.metrics().stream().filter(metric -> metric.isOn(axis)).toList();
    this.groups = RowGroup.of(series, axis);
    this.rowCount = groups.stream().mapToLong(RowGroup::rowCount).sum();
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
    return rowCount == 0
        ? List.of()
        : Stream.concat(Stream.of(axis.columnName()), metrics.stream().map(Metric::name)).toList();
  }

  /** Returns the number of rows. */
  public long rowCount() {
    return rowCount;
  }

  /** Returns the largest step of the run. */
  public OptionalLong lastStep() {
    return series.lastStep();
  }

  /** Returns the number of lines in the file that hold no valid event. */
  public long skippedLines() {
    return series.skippedLines();
  }

  /**
   * Starts to read the rows.
   *
   * @return the rows in ascending order; by time, cells that are no number count as absent
   */
  public Iterator<RowBlock> blocks() {
    return new Blocks();
  }

  /** Reads one group after the other. */
  private final class Blocks implements Iterator<RowBlock> {
    private final List<String> names = metrics.stream().map(Metric::name).toList();
    private final Iterator<RowGroup> left = groups.iterator();
    private BlockReader group = Optional::empty;
    private Optional<RowBlock> next = Optional.empty();

    @Override
    public boolean hasNext() {
      while (next.isEmpty()) {
        next = group.next();
        if (next.isEmpty() && !left.hasNext()) {
          return false;
        }
        if (next.isEmpty()) {
          group = left.next().read(series, axis, names);
        }
      }
      return true;
    }

    @Override
    public RowBlock next() {
      if (!hasNext()) {
        throw new NoSuchElementException("No rows are left");
      }
      RowBlock block = next.orElseThrow();
      next = Optional.empty();
      return block;
    }
  }
}
