package org.runmetrics.series.column;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/** Puts cells of other columns together to new ones; rows come in ascending order. */
public final class ColumnAssembly {
  private final ColumnBuilder[] builders;

  /** Starts with a number of empty columns. */
  public ColumnAssembly(int columns) {
    builders = Stream.generate(ColumnBuilder::new).limit(columns).toArray(ColumnBuilder[]::new);
  }

  /** Copies a cell that holds a value. */
  public void copy(int column, int row, Column source, int sourceRow) {
    builders[column].copy(row, source, sourceRow);
  }

  /** Returns the columns, and starts anew. */
  public List<Column> build() {
    List<Column> columns = Arrays.stream(builders).map(ColumnBuilder::build).toList();
    Arrays.stream(builders).forEach(ColumnBuilder::clear);
    return columns;
  }

  /** Returns a column of one decimal in each row. */
  public static Column decimals(int rows, IntToDoubleFunction numbers) {
    long[] bits = new long[rows];
    Arrays.setAll(bits, row -> Double.doubleToRawLongBits(numbers.applyAsDouble(row)));
    return new DoubleColumn(Presence.all(rows), bits);
  }

  /** Returns a column's numbers as decimals, each changed, in the order of rows. */
  public static Column changed(Column column, DoubleUnaryOperator change) {
    ColumnBuilder changed = new ColumnBuilder();
    for (int row = column.nextNumber(0); row < column.length(); row = column.nextNumber(row + 1)) {
      changed.decimal(row, change.applyAsDouble(column.number(row)));
    }
    return changed.build();
  }
}
