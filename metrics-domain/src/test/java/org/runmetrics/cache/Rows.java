package org.runmetrics.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Metric;
import org.runmetrics.view.RowCursor;
import org.runmetrics.view.Table;

/** The rows of a table as maps, for comparison. */
final class Rows {
  private Rows() {}

  static List<Map<String, Object>> of(Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    RowCursor cursor = table.rows();
    while (cursor.next()) {
      Map<String, Object> row = new TreeMap<>();
      row.put("", cursor.key());
      List<Metric> metrics = table.metrics();
      for (int i = 0; i < metrics.size(); i++) {
        Kind kind = cursor.seek(i);
        if (kind != Kind.ABSENT) {
          row.put(metrics.get(i).name(), value(cursor, kind));
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object value(RowCursor cursor, Kind kind) {
    return switch (kind) {
      case WHOLE -> cursor.whole();
      case DECIMAL -> cursor.number();
      case TEXT -> cursor.text();
      case ABSENT, NULL, FALSE, TRUE -> kind;
    };
  }
}
