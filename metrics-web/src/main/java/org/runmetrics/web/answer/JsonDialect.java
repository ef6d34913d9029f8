package org.runmetrics.web.answer;

import org.runmetrics.web.text.JsonOutput;
import org.runmetrics.web.text.Token;

/**
 * Cells as JSON.
 *
 * @param firstRow what stands in front of the first row
 * @param nextRow what stands between rows
 * @param lastRow what stands after the last row
 * @param writesKeys whether a cell is a member of an object, or else a value alone
 * @param writesMissing whether null is written for no value
 * @param nonfiniteAsString whether NaN and infinities are written as strings, not as null
 */
record JsonDialect(
    Token firstRow,
    Token nextRow,
    Token lastRow,
    boolean writesKeys,
    boolean writesMissing,
    boolean nonfiniteAsString)
    implements Dialect {
  static final Token NULL = Token.ascii("null");
  private static final Token EMPTY = Token.ascii("");

  /** Writes rows as objects with something between them. */
  static JsonDialect ofRows(String axis, String between, String end, TableFormat format) {
    String start = "{\"" + axis + "\":";
    return new JsonDialect(
        Token.ascii(start),
        Token.ascii("}" + between + start),
        Token.ascii("}" + end),
        true,
        format.missingAsNull(),
        format.nonfiniteAsString());
  }

  /** Writes the values of one column, one by one. */
  static JsonDialect ofValues(TableFormat format) {
    return new JsonDialect(EMPTY, EMPTY, EMPTY, false, true, format.nonfiniteAsString());
  }

  @Override
  public Token key(String metric) {
    if (!writesKeys) {
      return EMPTY;
    }
    byte[] encoded = JsonOutput.encode(metric);
    byte[] key = new byte[encoded.length + 2];
    key[0] = ',';
    System.arraycopy(encoded, 0, key, 1, encoded.length);
    key[key.length - 1] = ':';
    return Token.of(key);
  }

  @Override
  public Token none() {
    return NULL;
  }

  @Override
  public Token nonfinite(double number) {
    return nonfiniteAsString ? Token.ascii('"' + Double.toString(number) + '"') : NULL;
  }

  @Override
  public byte[] text(String text) {
    return JsonOutput.encode(text);
  }
}
