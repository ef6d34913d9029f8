package org.runmetrics.web.answer;

import java.io.IOException;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.column.Cells;
import org.runmetrics.series.column.Column;
import org.runmetrics.view.RowBlock;
import org.runmetrics.web.text.JsonOutput;
import org.runmetrics.web.text.Token;

/** Writes the cells of one metric, each with what stands in front of it. */
final class CellWriter {
  private static final Token TRUE = Token.ascii("true");
  private static final Token FALSE = Token.ascii("false");

  /** A column of more strings than this writes each as it comes. */
  private static final int MAX_TOKENS = 1000;

  private static final Cells NO_CELLS = new Cells();

  /** What stands in front of each cell, encoded once. */
  private final Token key;

  private final Metric metric;
  private final boolean numbersOnly;
  private final Dialect dialect;
  private final boolean writesMissing;
  private final Token none;
  private final JsonOutput output;
  private Column column = Column.empty();
  private Cells cells = NO_CELLS;

  /** The column's strings as they are written, as far as they were. */
  private Token[] texts = {};

  private String[] textsOf = {};

  CellWriter(Metric metric, Axis axis, Dialect dialect, JsonOutput output) {
    this.metric = metric;
    this.numbersOnly = axis == Axis.TIME;
    this.dialect = dialect;
    this.writesMissing = dialect.writesMissing();
    this.none = dialect.none();
    this.output = output;
    this.key = dialect.key(metric.name());
  }

  /** Goes on with the column of another block. */
  CellWriter startBlock(Column newColumn) {
    column = newColumn;
    return this;
  }

  /** Unpacks the cells of a stretch of rows. */
  void read(RowBlock block, int from, int to, Cells target) {
    cells = target;
    block.read(column, from, to, target);
    if (target.texts() != textsOf) {
      textsOf = target.texts();
      texts = new Token[textsOf.length <= MAX_TOKENS ? textsOf.length : 0];
    }
  }

  /** Writes the cell of a row in the stretch. */
  void write(int row) throws IOException {
    Kind kind = cells.kind(row);
    if (kind == Kind.ABSENT || (numbersOnly && !kind.isNumber())) {
      if (writesMissing) {
        output.token(key).token(none);
      }
      return;
    }
    output.token(key);
    switch (kind) {
      case ABSENT, NULL -> output.token(none);
      case FALSE -> output.token(FALSE);
      case TRUE -> output.token(TRUE);
      case TEXT -> writeText((int) cells.bits(row));
      case WHOLE -> writeWhole(cells.bits(row));
      case DECIMAL -> writeDecimal(row);
    }
  }

  /** Among decimals an integer is one of them. */
  private void writeWhole(long value) throws IOException {
    if (metric.whole()) {
      output.whole(value);
    } else {
      output.decimal((double) value);
    }
  }

  private void writeDecimal(int row) throws IOException {
    if (cells.scale() != Cells.NOT_SCALED) {
      output.scaled(cells.bits(row), cells.scale());
      return;
    }
    double number = cells.number(row);
    if (Double.isFinite(number)) {
      output.decimal(number);
    } else {
      output.token(dialect.nonfinite(number));
    }
  }

  private void writeText(int place) throws IOException {
    if (texts.length == 0) {
      output.bytes(dialect.text(textsOf[place]));
      return;
    }
    if (texts[place] == null) {
      texts[place] = Token.of(dialect.text(textsOf[place]));
    }
    output.token(texts[place]);
  }
}
