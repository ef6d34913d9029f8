package org.runmetrics.web;

import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.series.Axis;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;

/**
 * Changed rows as JSON, written once for all clients that get the same change.
 *
 * <p>What was written is kept as long as anybody has the change.
 */
@Singleton
class RowsText {
  private static final JsonDialect DIALECT =
      JsonDialect.ofRows(
          Axis.STEP.columnName(), ",", "", new TableFormat(TableFormat.Layout.JSON, false, false));

  private final Map<MetricsChange, Once> written = new WeakHashMap<>();

  /** Must not refer to the change, which would then be kept for ever. */
  private static final class Once {
    private Optional<byte[]> text = Optional.empty();

    synchronized byte[] text(Table table, Rows rows) throws IOException {
      if (text.isEmpty()) {
        text = Optional.of(write(table, rows));
      }
      return text.get();
    }
  }

  /** Returns all rows of a change. */
  byte[] all(MetricsChange change) throws IOException {
    Once once;
    synchronized (written) {
      once = written.computeIfAbsent(change, unknown -> new Once());
    }
    return once.text(change.table(), change.rows());
  }

  /** Writes rows with the names of their columns. */
  static byte[] write(Table table, Rows rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOutput output = new JsonOutput(bytes);
    TableWriter.writeColumns(table, output);
    output.raw(",\"rows\":[");
    new RowWriter(table, rows, DIALECT, output).write();
    output.raw("]}").flush();
    return bytes.toByteArray();
  }
}
