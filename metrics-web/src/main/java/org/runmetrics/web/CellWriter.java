package org.runmetrics.web;

import java.io.IOException;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Cells;
import org.runmetrics.series.Column;
import org.runmetrics.series.Metric;
import org.runmetrics.view.RowBlock;

/** Writes the cells of one metric, each with its key, as members of a JSON object. */
final class CellWriter {
  static final Token NULL = Token.ascii("null");
  private static final Token TRUE = Token.ascii("true");
  private static final Token FALSE = Token.ascii("false");

  /** A column of more strings than this writes each as it comes. */
  private static final int MAX_TOKENS = 1000;

  private static final Cells NO_CELLS = new Cells();

  /** Comma, name and colon, encoded once. */
  private final Token key;

  private final Metric metric;
  private final boolean numbersOnly;
  private final TableFormat format;
  private final JsonOutput output;
  private Column column = Column.empty();
  private Cells cells = NO_CELLS;

  /** The column's strings as they are written, as far as they were. */
  private Token[] texts = {};

  private String[] textsOf = {};

  CellWriter(Metric metric, Axis axis, TableFormat format, JsonOutput output) {
    this.metric = metric;
    this.numbersOnly = axis == Axis.TIME;
    this.format = format;
    this.output = output;
    this.key = key(metric.name());
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
      if (format.missingAsNull()) {
        output.token(key).token(NULL);
      }
      return;
    }
    output.token(key);
    switch (kind) {
      case ABSENT, NULL -> output.token(NULL);
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
    } else if (format.nonfiniteAsString()) {
      output.string(Double.toString(number));
    } else {
      output.token(NULL);
    }
  }

  private void writeText(int place) throws IOException {
    if (texts.length == 0) {
      output.string(textsOf[place]);
      return;
    }
    if (texts[place] == null) {
      texts[place] = Token.of(JsonOutput.encode(textsOf[place]));
    }
    output.token(texts[place]);
  }

  private static Token key(String name) {
    byte[] encoded = JsonOutput.encode(name);
    byte[] key = new byte[encoded.length + 2];
    key[0] = ',';
    System.arraycopy(encoded, 0, key, 1, encoded.length);
    key[key.length - 1] = ':';
    return Token.of(key);
  }
}
