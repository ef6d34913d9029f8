package org.runmetrics.web.answer;

import java.nio.charset.StandardCharsets;
import org.runmetrics.web.text.Token;

/**
 * Cells as comma-separated values (RFC 4180), with the numbers that pandas reads.
 *
 * <p>An empty string is quoted; no value is nothing at all.
 */
record CsvDialect() implements Dialect {
  private static final Token EMPTY = Token.ascii("");
  private static final Token COMMA = Token.ascii(",");
  private static final Token LINE_END = Token.ascii("\r\n");
  private static final Token NAN = Token.ascii("NaN");
  private static final Token INFINITY = Token.ascii("inf");
  private static final Token MINUS_INFINITY = Token.ascii("-inf");

  @Override
  public Token firstRow() {
    return EMPTY;
  }

  @Override
  public Token nextRow() {
    return LINE_END;
  }

  @Override
  public Token lastRow() {
    return LINE_END;
  }

  @Override
  public Token key(String metric) {
    return COMMA;
  }

  @Override
  public boolean writesMissing() {
    return true;
  }

  @Override
  public Token none() {
    return EMPTY;
  }

  @Override
  public Token nonfinite(double number) {
    if (Double.isNaN(number)) {
      return NAN;
    }
    return number > 0 ? INFINITY : MINUS_INFINITY;
  }

  @Override
  public byte[] text(String text) {
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    String field = plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    return field.getBytes(StandardCharsets.UTF_8);
  }
}
