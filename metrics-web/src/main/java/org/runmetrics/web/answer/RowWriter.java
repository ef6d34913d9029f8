package org.runmetrics.web.answer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.runmetrics.series.Metric;
import org.runmetrics.series.column.Cells;
import org.runmetrics.series.column.Column;
import org.runmetrics.view.RowBlock;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.JsonOutput;
import org.runmetrics.web.text.Token;

/** Writes the rows of a table, some hundred unpacked at a time. */
final class RowWriter {
  /** Bounds the cells of a stretch, and so the memory that a run of very many metrics takes. */
  private static final int MAX_CELLS = 64 << 10;

  private static final int MIN_ROWS = 8;

  private final Table table;
  private final Rows rows;
  private final JsonOutput output;

  private final AxisWriter axis;

  /** What writers of one block unpack into, and those of the next again. */
  private final List<Cells> unpacked = new ArrayList<>();

  private final Map<String, CellWriter> writers = new HashMap<>();
  private final List<Metric> metrics;
  private final Dialect dialect;

  RowWriter(Table table, Rows rows, Dialect dialect, JsonOutput output) {
    this.table = table;
    this.rows = rows;
    this.output = output;
    this.metrics = table.metrics();
    this.dialect = dialect;
    this.axis = new AxisWriter(table, dialect, output);
  }

  void write() throws IOException {
    Token next = dialect.nextRow();
    Token open = dialect.firstRow();
    for (Iterator<RowBlock> blocks = table.blocks(rows); blocks.hasNext(); ) {
      RowBlock block = blocks.next();
      CellWriter[] cells = cellsOf(block);
      int stretch = Math.max(MIN_ROWS, Math.min(Cells.MAX_ROWS, MAX_CELLS / (cells.length + 1)));
      for (int from = 0; from < block.count(); from += stretch) {
        int to = Math.min(from + stretch, block.count());
        axis.read(block, from, to);
        for (int i = 0; i < cells.length; i++) {
          cells[i].read(block, from, to, unpacked.get(i));
        }
        for (int row = 0; row < to - from; row++) {
          output.token(open);
          open = next;
          axis.write(row);
          for (CellWriter cell : cells) {
            cell.write(row);
          }
        }
      }
    }
    if (rows.count() > 0) {
      output.token(dialect.lastRow());
    }
  }

  /**
   * Returns a writer for each metric that may be written in a block, of many that a run may have.
   */
  private CellWriter[] cellsOf(RowBlock block) {
    List<CellWriter> cells = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      Column column = block.columns().get(i);
      if (column.length() > 0 || dialect.writesMissing()) {
        cells.add(writerOf(metrics.get(i)).startBlock(column));
      }
    }
    while (unpacked.size() < cells.size()) {
      unpacked.add(new Cells());
    }
    return cells.toArray(CellWriter[]::new);
  }

  private CellWriter writerOf(Metric metric) {
    return writers.computeIfAbsent(
        metric.name(), name -> new CellWriter(metric, table.axis(), dialect, output));
  }
}
