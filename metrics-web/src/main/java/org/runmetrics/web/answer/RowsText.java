package org.runmetrics.web.answer;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.series.Axis;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.JsonOutput;

/**
 * Changed rows as JSON, written once for all clients that get the same change.
 *
 * <p>What was written is kept as long as anybody has the change.
 */
@Singleton
public class RowsText {
  private static final JsonDialect DIALECT =
      JsonDialect.ofRows(
          Axis.STEP.columnName(), ",", "", new TableFormat(TableFormat.Layout.JSON, false, false));

  /** About what columns' names take, and a cell with its name. */
  private static final int FRAME_BYTES = 1 << 10;

  private static final long CELL_BYTES = 40;

  private final Map<MetricsChange, Once> written = new WeakHashMap<>();

  /** Must not refer to the change, which would then be kept for ever. */
  private static final class Once {
    private Optional<byte[]> text = Optional.empty();

    synchronized byte[] text(Table table, Rows rows) {
      if (text.isEmpty()) {
        text = Optional.of(write(table, rows));
      }
      return text.get();
    }
  }

  /** Returns all rows of a change. */
  public byte[] all(MetricsChange change) {
    Once once;
    synchronized (written) {
      once = written.computeIfAbsent(change, unknown -> new Once());
    }
    return once.text(change.table(), change.rows());
  }

  /** Writes rows with the names of their columns. */
  public static byte[] write(Table table, Rows rows) {
    long cells = rows.count() * (table.metrics().size() + 1);
    return JsonOutput.text(
        (int) Math.min(Integer.MAX_VALUE, FRAME_BYTES + CELL_BYTES * cells),
        output -> {
          TableWriter.writeColumns(table, output);
          output.raw(",\"rows\":[");
          new RowWriter(table, rows, DIALECT, output).write();
          output.raw("]}");
        });
  }
}
