package org.runmetrics.web.answer;

import java.io.IOException;
import java.util.Iterator;
import org.runmetrics.series.Metric;
import org.runmetrics.series.column.Cells;
import org.runmetrics.view.RowBlock;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.JsonOutput;
import org.runmetrics.web.text.Token;

/** Writes the columns of a table as lists, one after the other. */
final class ColumnsWriter {
  private static final Token COMMA = Token.ascii(",");

  /** Writes one cell of those that were unpacked. */
  @FunctionalInterface
  private interface Cell {
    void write(int row) throws IOException;
  }

  /** Unpacks a stretch of a block. */
  @FunctionalInterface
  private interface Reader {
    void read(RowBlock block, int from, int to);
  }

  private final Table table;
  private final Rows rows;
  private final Dialect dialect;
  private final JsonOutput output;

  ColumnsWriter(Table table, Rows rows, TableFormat format, JsonOutput output) {
    this.table = table;
    this.rows = rows;
    this.dialect = JsonDialect.ofValues(format);
    this.output = output;
  }

  void write() throws IOException {
    if (table.columns().isEmpty()) {
      return;
    }
    AxisWriter axis = new AxisWriter(table, dialect, output);
    write(table.axis().columnName(), table.only(metric -> false), axis::read, axis::write);
    for (Metric metric : table.metrics()) {
      output.token(COMMA);
      CellWriter cells = new CellWriter(metric, table.axis(), dialect, output);
      Cells unpacked = new Cells();
      write(
          metric.name(),
          table.only(metric),
          (block, from, to) ->
              cells.startBlock(block.columns().get(0)).read(block, from, to, unpacked),
          cells::write);
    }
  }

  private void write(String name, Table column, Reader reader, Cell cell) throws IOException {
    output.string(name).raw(":[");
    boolean first = true;
    for (Iterator<RowBlock> blocks = column.blocks(rows); blocks.hasNext(); ) {
      RowBlock block = blocks.next();
      for (int from = 0; from < block.count(); from += Cells.MAX_ROWS) {
        int to = Math.min(from + Cells.MAX_ROWS, block.count());
        reader.read(block, from, to);
        for (int row = 0; row < to - from; row++) {
          if (!first) {
            output.token(COMMA);
          }
          first = false;
          cell.write(row);
        }
      }
    }
    output.raw("]");
  }
}
