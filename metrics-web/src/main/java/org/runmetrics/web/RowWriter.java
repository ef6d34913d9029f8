package org.runmetrics.web;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Cells;
import org.runmetrics.series.Column;
import org.runmetrics.view.RowBlock;
import org.runmetrics.view.Table;

/** Writes the rows of a table as JSON objects, some hundred unpacked at a time. */
final class RowWriter {
  private static final Token CLOSE = Token.ascii("}");

  private final Table table;
  private final JsonOutput output;

  /** What stands in front of the axis's value, of the first row and of all others. */
  private final Token first;

  private final Token next;
  private final Cells keys = new Cells();
  private final CellWriter[] cells;

  /** When the run's first row was logged, in epoch seconds. */
  private final double start;

  RowWriter(Table table, TableFormat format, JsonOutput output) {
    this.table = table;
    this.output = output;
    this.first = Token.ascii("{\"" + table.axis().columnName() + "\":");
    this.next = Token.ascii("},{\"" + table.axis().columnName() + "\":");
    this.cells =
        table.metrics().stream()
            .map(metric -> new CellWriter(metric, table.axis(), format, output))
            .toArray(CellWriter[]::new);
    this.start = Axis.timeOfKey(table.firstKey());
  }

  void write() throws IOException {
    Token open = first;
    for (Iterator<RowBlock> blocks = table.blocks(); blocks.hasNext(); ) {
      RowBlock block = blocks.next();
      for (int from = block.from(); from < block.to(); from += Cells.MAX_ROWS) {
        int to = Math.min(from + Cells.MAX_ROWS, block.to());
        unpack(block, from, to);
        for (int row = 0; row < to - from; row++) {
          output.token(open);
          open = next;
          writeAxis(row);
          for (CellWriter cell : cells) {
            cell.write(row);
          }
        }
      }
    }
    if (open != first) {
      output.token(CLOSE);
    }
  }

  private void unpack(RowBlock block, int from, int to) {
    block.axis().read(from, to, keys);
    List<Column> columns = block.columns();
    for (int i = 0; i < cells.length; i++) {
      cells[i].read(columns.get(i), from, to);
    }
  }

  private void writeAxis(int row) throws IOException {
    if (table.axis() == Axis.STEP) {
      output.whole(keys.bits(row));
    } else {
      output.decimal(keys.number(row) - start);
    }
  }
}
