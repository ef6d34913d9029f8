package org.runmetrics.view;

import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.json.Json;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Segment;
import org.runmetrics.series.column.Aggregate;
import org.runmetrics.series.column.Column;

/** Gathers the statistics of one metric, segment by segment in the order of the axis. */
final class StatisticsBuilder {
  /** So few rows are looked at one by one. */
  private static final int FEW_ROWS = 64;

  private final Metric metric;
  private final Extreme min = new Extreme(true);
  private final Extreme max = new Extreme(false);
  private Optional<Json.Scalar> first = Optional.empty();
  private OptionalLong minStep = OptionalLong.empty();
  private OptionalLong maxStep = OptionalLong.empty();
  private long count;
  private long nonfinite;

  /** The last column that has a finite value. */
  private Column last = Column.empty();

  StatisticsBuilder(Metric metric) {
    this.metric = metric;
  }

  void add(TableSegment rows, Segment segment, Axis axis, Aggregate aggregate) {
    Column column = segment.column(metric.name());
    int rowCount = rows.rowCount();
    aggregate.clear();
    column.aggregate(0, rowCount, aggregate);
    nonfinite += aggregate.values() - aggregate.finite();
    if (aggregate.finite() == 0) {
      return;
    }
    count += aggregate.finite();
    min.add(column, 0, rowCount, aggregate, rows.firstRow());
    max.add(column, 0, rowCount, aggregate, rows.firstRow());
    if (axis == Axis.STEP) {
      Column steps = axis.column(segment);
      minStep = step(min, rows, steps, minStep);
      maxStep = step(max, rows, steps, maxStep);
    }
    if (first.isEmpty()) {
      first = Optional.of(value(column, firstFinite(column, aggregate)));
    }
    last = column;
  }

  /** Returns the step of an extreme that lies in a segment, or what it was before. */
  private static OptionalLong step(
      Extreme extreme, TableSegment rows, Column steps, OptionalLong before) {
    return extreme.row() < rows.firstRow()
        ? before
        : OptionalLong.of(steps.whole((int) (extreme.row() - rows.firstRow())));
  }

  MetricStatistics build(Aggregate aggregate) {
    return new MetricStatistics(
        metric,
        first,
        first.map(any -> value(last, lastFinite(last, aggregate))),
        first.map(any -> value(min.column(), min.columnRow())),
        first.map(any -> value(max.column(), max.columnRow())),
        minStep,
        maxStep,
        count,
        nonfinite);
  }

  /** Among decimals integers are decimals, as in a table. */
  private Json.Scalar value(Column column, int row) {
    return metric.whole() && column.kind(row) == Kind.WHOLE
        ? new Json.Whole(column.whole(row))
        : new Json.Decimal(column.number(row));
  }

  /** Returns the first row with a finite value, of which there is one. */
  private static int firstFinite(Column column, Aggregate aggregate) {
    int from = 0;
    int to = column.length();
    while (to - from > FEW_ROWS) {
      int middle = (from + to) >>> 1;
      if (hasFinite(column, from, middle, aggregate)) {
        to = middle;
      } else {
        from = middle;
      }
    }
    int row = column.nextNumber(from);
    while (!Double.isFinite(column.number(row))) {
      row = column.nextNumber(row + 1);
    }
    return row;
  }

  /** Returns the last row with a finite value, of which there is one. */
  private static int lastFinite(Column column, Aggregate aggregate) {
    int from = 0;
    int to = column.length();
    while (to - from > FEW_ROWS) {
      int middle = (from + to) >>> 1;
      if (hasFinite(column, middle, to, aggregate)) {
        from = middle;
      } else {
        to = middle;
      }
    }
    int row = to - 1;
    while (!column.kind(row).isNumber() || !Double.isFinite(column.number(row))) {
      row--;
    }
    return row;
  }

  private static boolean hasFinite(Column column, int from, int to, Aggregate aggregate) {
    aggregate.clear();
    column.aggregate(from, to, aggregate);
    return aggregate.finite() > 0;
  }
}
