package org.runmetrics.curve;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.runmetrics.series.Segment;
import org.runmetrics.series.column.Cells;
import org.runmetrics.series.column.Column;
import org.runmetrics.series.column.ColumnAssembly;
import org.runmetrics.view.KeyOrder;

/** Values of one metric over those of another in the same row; grows while it is made. */
final class Pairs {
  private double[] x = new double[2 * Cells.MAX_ROWS];
  private double[] y = new double[2 * Cells.MAX_ROWS];
  private int count;
  private final Cells places = new Cells();
  private final Cells values = new Cells();

  private Pairs() {}

  /** Returns the values in the order of their places, or nothing if there are none. */
  static List<CurveSegment> of(RunRows run, String axis, String metric) {
    Pairs pairs = new Pairs();
    for (Segment segment : run.segments()) {
      Column keys = segment.column(axis);
      Column column = segment.column(metric);
      int rows = Math.min(keys.length(), column.length());
      for (int from = 0; from < rows; from += Cells.MAX_ROWS) {
        pairs.add(keys, column, from, Math.min(rows, from + Cells.MAX_ROWS));
      }
    }
    return pairs.count == 0 ? List.of() : List.of(pairs.segment());
  }

  private void add(Column keys, Column column, int from, int to) {
    keys.read(from, to, places);
    column.read(from, to, values);
    if (count + Cells.MAX_ROWS > x.length) {
      x = Arrays.copyOf(x, 2 * x.length);
      y = Arrays.copyOf(y, 2 * y.length);
    }
    for (int row = 0; row < to - from; row++) {
      if (places.kind(row).isNumber()
          && values.kind(row).isNumber()
          && Double.isFinite(places.number(row))) {
        x[count] = places.number(row);
        y[count++] = values.number(row);
      }
    }
  }

  /** Sorts the pairs, if their places go back anywhere, and leaves those of one place in order. */
  private CurveSegment segment() {
    int[] order = isAscending() ? IntStream.range(0, count).toArray() : KeyOrder.of(x, count);
    Column keys = ColumnAssembly.decimals(count, row -> x[order[row]]);
    Column column = ColumnAssembly.decimals(count, row -> y[order[row]]);
    return new CurveSegment(keys, 0, column, 0, count);
  }

  private boolean isAscending() {
    for (int i = 1; i < count; i++) {
      if (x[i] < x[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
