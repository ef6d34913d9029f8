package org.runmetrics.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.runmetrics.json.Json;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.column.Column;
import org.runmetrics.view.RowBlock;
import org.runmetrics.view.Table;

/** The rows of a table as maps, for comparison. */
final class Rows {
  private Rows() {}

  static List<Map<String, Object>> of(Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Iterator<RowBlock> blocks = table.blocks(table.rows()); blocks.hasNext(); ) {
      RowBlock block = blocks.next();
      for (int place = 0; place < block.count(); place++) {
        rows.add(row(table, block, block.row(place)));
      }
    }
    return rows;
  }

  private static Map<String, Object> row(Table table, RowBlock block, int row) {
    Map<String, Object> values = new HashMap<>();
    values.put("", table.axis().key(block.axis(), row));
    for (int i = 0; i < table.metrics().size(); i++) {
      Column column = block.columns().get(i);
      if (isShown(table, column.kind(row))) {
        values.put(table.metrics().get(i).name(), value(column, row));
      }
    }
    return values;
  }

  private static boolean isShown(Table table, Kind kind) {
    return table.axis() == Axis.STEP ? kind != Kind.ABSENT : kind.isNumber();
  }

  private static Object value(Column column, int row) {
    return switch (column.kind(row)) {
      case ABSENT -> throw new IllegalArgumentException("No value in row " + row);
      case NULL -> Json.Null.NULL;
      case FALSE -> false;
      case TRUE -> true;
      case WHOLE -> column.whole(row);
      case DECIMAL -> column.number(row);
      case TEXT -> column.text(row);
    };
  }
}
