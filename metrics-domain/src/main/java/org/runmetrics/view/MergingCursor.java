package org.runmetrics.view;

import java.util.List;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Column;
import org.runmetrics.series.Metric;

/** Reads sorted rows, each made of the events of one key. */
final class MergingCursor extends RowCursor {
  private final RowOrder.Sorted order;
  private final Column[][] columns;

  /** First and last place of the row's events. */
  private int first;

  private int last = -1;

  MergingCursor(RowOrder.Sorted order, Axis axis, List<Metric> metrics) {
    super(axis);
    this.order = order;
    this.columns =
        order.segments().stream().map(segment -> segment.columns(metrics)).toArray(Column[][]::new);
  }

  @Override
  public boolean next() {
    first = last + 1;
    if (first == order.eventCount()) {
      return false;
    }
    last = first;
    while (last + 1 < order.eventCount() && order.key(last + 1) == order.key(first)) {
      last++;
    }
    return true;
  }

  @Override
  public long key() {
    return order.key(first);
  }

  /** Looks from the last event back, since of values logged twice the later counts. */
  @Override
  public Kind seek(int metric) {
    for (int place = last; place > first; place--) {
      Kind kind = moveTo(columns[order.segment(place)][metric], order.row(place));
      if (kind != Kind.ABSENT) {
        return kind;
      }
    }
    return moveTo(columns[order.segment(first)][metric], order.row(first));
  }
}
