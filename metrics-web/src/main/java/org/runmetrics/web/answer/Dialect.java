package org.runmetrics.web.answer;

import org.runmetrics.web.text.Token;

/** How rows and their cells are written in a format; asked once for each column, not each cell. */
sealed interface Dialect permits JsonDialect, CsvDialect {

  /** Returns what stands in front of the first row. */
  Token firstRow();

  /** Returns what stands between rows. */
  Token nextRow();

  /** Returns what stands after the last row. */
  Token lastRow();

  /** Returns what stands in front of a metric's cell. */
  Token key(String metric);

  /** Returns whether a cell without a value is written. */
  boolean writesMissing();

  /** Returns what is written for no value, and for null. */
  Token none();

  /** Returns what is written for NaN, or an infinity. */
  Token nonfinite(double number);

  /** Returns what is written for a string. */
  byte[] text(String text);
}
