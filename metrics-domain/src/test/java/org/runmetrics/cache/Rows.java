package org.runmetrics.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.runmetrics.json.Json;
import org.runmetrics.view.Table;
import org.runmetrics.view.TableRows;

/** The rows of a table as maps, for comparison. */
final class Rows {
  private Rows() {}

  static List<Map<String, Object>> of(Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    TableRows.forEach(
        table,
        (key, values) -> {
          Map<String, Object> row = new TreeMap<>();
          row.put("", key);
          values.forEach((name, value) -> row.put(name, plain(value)));
          rows.add(row);
        });
    return rows;
  }

  private static Object plain(Json value) {
    if (value instanceof Json.Whole whole) {
      return whole.value();
    }
    if (value instanceof Json.Decimal decimal) {
      return decimal.value();
    }
    return value instanceof Json.Text text ? text.value() : value;
  }
}
