package org.runmetrics.view;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.runmetrics.json.Json;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.column.Cells;
import org.runmetrics.series.column.Column;

/** The rows of a table as maps, cell by cell and again as unpacked stretches. */
public final class TableRows {
  private TableRows() {}

  /** Hands over each row with its key, in the table's order. */
  public static void forEach(Table table, BiConsumer<Long, Map<String, Json>> rows) {
    forEach(table, table.rows(), rows);
  }

  /** Hands over some of the rows. */
  public static void forEach(Table table, Rows chosen, BiConsumer<Long, Map<String, Json>> rows) {
    for (Iterator<RowBlock> blocks = table.blocks(chosen); blocks.hasNext(); ) {
      RowBlock block = blocks.next();
      for (int place = 0; place < block.count(); place++) {
        rows.accept(table.axis().key(block.axis(), block.row(place)), row(table, block, place));
      }
    }
  }

  private static Map<String, Json> row(Table table, RowBlock block, int place) {
    int row = block.row(place);
    Map<String, Json> values = new TreeMap<>();
    Map<String, Json> unpacked = new HashMap<>();
    for (int i = 0; i < table.metrics().size(); i++) {
      String name = table.metrics().get(i).name();
      Column column = block.columns().get(i);
      Cells cells = new Cells();
      int before = Math.min(place, 100);
      block.read(column, place - before, Math.min(place + 100, block.count()), cells);
      if (isShown(table, column.kind(row))) {
        values.put(name, value(column, row));
        unpacked.put(name, value(cells, before));
      }
    }
    if (!unpacked.equals(values)) {
      throw new AssertionError("Unpacked cells differ: " + unpacked + " and " + values);
    }
    return values;
  }

  private static boolean isShown(Table table, Kind kind) {
    return table.axis() == Axis.STEP ? kind != Kind.ABSENT : kind.isNumber();
  }

  private static Json value(Column column, int row) {
    return switch (column.kind(row)) {
      case ABSENT -> new Json.Items(List.of());
      case NULL -> Json.Null.NULL;
      case FALSE -> new Json.Flag(false);
      case TRUE -> new Json.Flag(true);
      case WHOLE -> new Json.Whole(column.whole(row));
      case DECIMAL -> new Json.Decimal(column.number(row));
      case TEXT -> new Json.Text(column.text(row));
    };
  }

  private static Json value(Cells cells, int row) {
    return switch (cells.kind(row)) {
      case ABSENT -> new Json.Items(List.of());
      case NULL -> Json.Null.NULL;
      case FALSE -> new Json.Flag(false);
      case TRUE -> new Json.Flag(true);
      case WHOLE -> new Json.Whole(cells.bits(row));
      case DECIMAL -> new Json.Decimal(cells.number(row));
      case TEXT -> new Json.Text(cells.texts()[(int) cells.bits(row)]);
    };
  }
}
