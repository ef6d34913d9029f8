package org.runmetrics.series;

import java.util.Arrays;
import java.util.List;
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
}
