package org.runmetrics.view;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;

/**
 * A run's metrics with one row for each value of an axis, ascending.
 *
 * <p>Events of one step, or of one time, are one row; of values logged twice the one that stands
 * later in the file counts. Rows are numbered from 0, and read block by block, so the table is
 * never in memory as a whole. Making a table reads nothing; what asks for rows may read the file,
 * and then throw {@link java.io.UncheckedIOException}.
 */
public final class Table {
  private final Series series;
  private final Axis axis;
  private final List<Metric> metrics;
  private final TableSegments segments;

  private Table(Series series, Axis axis, List<Metric> metrics, TableSegments segments) {
    this.series = series;
    this.axis = axis;
    this.metrics = metrics;
    this.segments = segments;
  }

  /** Returns the table of all values by step; events without a step are left out. */
  public static Table bySteps(Series series) {
    return of(series, Axis.STEP);
  }

  /** Returns the table of all numbers by time; events without a time are left out. */
  public static Table byTimes(Series series) {
    return of(series, Axis.TIME);
  }

  /** Returns the table of a series over an axis. */
  public static Table of(Series series, Axis axis) {
    List<Metric> metrics = series.metrics().stream().filter(metric -> metric.isOn(axis)).toList();
    return new Table(series, axis, metrics, new TableSegments(series, axis));
  }

  /** Returns the same rows with some of the metrics alone. */
  public Table only(Predicate<Metric> chosen) {
    return new Table(series, axis, metrics.stream().filter(chosen).toList(), segments);
  }

  /** Returns the same rows with one of the metrics alone. */
  public Table only(Metric metric) {
    return new Table(series, axis, List.of(metric), segments);
  }

  /** Returns the axis of the rows. */
  public Axis axis() {
    return axis;
  }

  /** Returns the metrics, one column each, in the order in which they were first logged. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** Returns the rows' segments, in the order of the axis. */
  public List<TableSegment> segments() {
    return segments.all();
  }

  /** Returns the key of the first row, or 0 without rows. */
  public long firstKey() {
    return series.min(axis).orElse(0);
  }

  /** Returns the names of all columns, the axis first; none if there are no rows. */
  public List<String> columns() {
    return series.min(axis).isEmpty()
        ? List.of()
        : Stream.concat(Stream.of(axis.columnName()), metrics.stream().map(Metric::name)).toList();
  }

  /** Returns the number of rows. */
  public long rowCount() {
    return segments.rowCount();
  }

  /** Returns the largest step of the run. */
  public OptionalLong lastStep() {
    return series.lastStep();
  }

  /** Returns the number of lines in the file that hold no valid event. */
  public long skippedLines() {
    return series.skippedLines();
  }

  /** Returns all rows. */
  public Rows rows() {
    return Rows.range(0, rowCount());
  }

  /** Returns the rows whose keys are not below one and not above another. */
  public Rows within(long minKey, long maxKey) {
    return Rows.range(rowAt(minKey), rowBehind(maxKey));
  }

  /** Returns those of some rows that have a value of any of the table's metrics. */
  public Rows filled(Rows rows) {
    Rows.Builder filled = new Rows.Builder();
    List<String> names = metrics.stream().map(Metric::name).toList();
    for (TableSegment segment : segments.all()) {
      Rows here = Rows.range(segment.firstRow(), segment.firstRow() + segment.rowCount());
      if (rows.and(here).count() > 0) {
        segment.addFilled(names, filled);
      }
    }
    return filled.build().and(rows);
  }

  /** Returns the rows after a step. */
  public Rows behindStep(long step) {
    return Rows.range(rowBehind(step), rowCount());
  }

  /** Returns the rows after a time, in seconds since the first row. */
  public Rows behindTime(double seconds) {
    double start = Axis.timeOfKey(firstKey());
    // By the difference that clients see, since sums of doubles are rounded otherwise.
    long low = firstKey();
    long high = series.max(axis).orElse(0) + 1;
    while (low < high) {
      long middle = (low & high) + ((low ^ high) >> 1);
      if (Axis.timeOfKey(middle) - start > seconds) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Rows.range(rowAt(low), rowCount());
  }

  /**
   * Returns some of the rows that show what they all show; see {@link RowSample}.
   *
   * @param most how many, at least 2
   */
  public Rows sample(Rows rows, int most) {
    return RowSample.of(this, rows, most);
  }

  /**
   * Starts to read rows.
   *
   * @return the rows in ascending order; by time, cells that are no number count as absent
   */
  public Iterator<RowBlock> blocks(Rows rows) {
    return new RowBlocks(this, rows);
  }

  /** Returns the rows of keys, which ascend and of which each has a row. */
  Rows rowsOf(long[] keys) {
    Rows.Builder rows = new Rows.Builder();
    int place = 0;
    while (place < keys.length) {
      place = segments().get(segmentAt(keys[place])).addRows(keys, place, rows);
    }
    return rows.build();
  }

  /** Returns what the rows are made of. */
  Series series() {
    return series;
  }

  private long rowBehind(long key) {
    return key == Long.MAX_VALUE ? rowCount() : rowAt(key + 1);
  }

  /** Returns the number of the first row whose key is not below another, or the row count. */
  private long rowAt(long key) {
    int place = segmentAt(key);
    return place == segments().size()
        ? rowCount()
        : segments().get(place).firstRow() + segments().get(place).rowAt(key);
  }

  /** Returns the first segment that does not end in front of a key, or how many there are. */
  private int segmentAt(long key) {
    int low = 0;
    int high = segments().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments().get(middle).lastKey() < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
