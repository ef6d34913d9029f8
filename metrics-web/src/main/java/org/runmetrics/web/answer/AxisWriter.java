package org.runmetrics.web.answer;

import java.io.IOException;
import org.runmetrics.series.Axis;
import org.runmetrics.series.column.Cells;
import org.runmetrics.view.RowBlock;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.JsonOutput;
import org.runmetrics.web.text.Token;

/** Writes the rows' places on the axis: steps, or seconds since the run's first row. */
final class AxisWriter {
  private final Axis axis;
  private final Token none;
  private final JsonOutput output;
  private final Cells keys = new Cells();

  /** When the run's first row was logged, in epoch seconds. */
  private final double start;

  AxisWriter(Table table, Dialect dialect, JsonOutput output) {
    this.axis = table.axis();
    this.none = dialect.none();
    this.output = output;
    this.start = Axis.timeOfKey(table.firstKey());
  }

  /** Unpacks the places of a stretch of rows. */
  void read(RowBlock block, int from, int to) {
    block.read(block.axis(), from, to, keys);
  }

  /** Writes the place of a row in the stretch. */
  void write(int row) throws IOException {
    if (axis == Axis.STEP) {
      output.whole(keys.bits(row));
      return;
    }
    // Adding zero turns -0.0 into 0.0.
    double time = keys.number(row) - start + 0.0;
    if (Double.isFinite(time)) {
      output.decimal(time);
    } else {
      output.token(none);
    }
  }
}
