package org.runmetrics.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.runmetrics.json.Json;
import org.runmetrics.json.Kind;

/** Gathers the values of one metric; rows come in ascending order. */
final class ColumnBuilder {
  private byte[] kinds = new byte[16];
  private long[] bits = new long[16];
  private int length;
  private long textBytes;
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> textIndexes = new HashMap<>();

  /** Goes on where a column ended. */
  static ColumnBuilder of(Column column) {
    ColumnBuilder builder = new ColumnBuilder();
    for (int row = 0; row < column.length(); row++) {
      switch (column.kind(row)) {
        case ABSENT -> {}
        case TEXT -> builder.text(row, column.text(row));
        case WHOLE -> builder.whole(row, column.whole(row));
        case DECIMAL -> builder.decimal(row, column.number(row));
        case NULL, FALSE, TRUE -> builder.slot(row, column.kind(row), 0);
      }
    }
    return builder;
  }

  /** Returns about how many bytes the distinct strings take. */
  long textBytes() {
    return textBytes;
  }

  void set(int row, Json.Scalar value) {
    if (value instanceof Json.Decimal decimal) {
      decimal(row, decimal.value());
    } else if (value instanceof Json.Whole whole) {
      whole(row, whole.value());
    } else if (value instanceof Json.Text text) {
      text(row, text.value());
    } else if (value instanceof Json.Flag flag) {
      slot(row, flag.value() ? Kind.TRUE : Kind.FALSE, 0);
    } else {
      slot(row, Kind.NULL, 0);
    }
  }

  void whole(int row, long value) {
    slot(row, Kind.WHOLE, value);
  }

  void decimal(int row, double value) {
    slot(row, Kind.DECIMAL, Double.doubleToRawLongBits(value));
  }

  Column build() {
    return new Column(
        Arrays.copyOf(kinds, length), Arrays.copyOf(bits, length), texts.toArray(String[]::new));
  }

  void text(int row, String value) {
    int index = textIndexes.computeIfAbsent(value, this::addText);
    slot(row, Kind.TEXT, index);
  }

  private int addText(String value) {
    texts.add(value);
    textBytes += 64 + 2L * value.length();
    return texts.size() - 1;
  }

  void slot(int row, Kind kind, long value) {
    if (row >= kinds.length) {
      int capacity = Math.max(row + 1, kinds.length * 2);
      kinds = Arrays.copyOf(kinds, capacity);
      bits = Arrays.copyOf(bits, capacity);
    }
    kinds[row] = kind.code();
    bits[row] = value;
    length = row + 1;
  }
}
