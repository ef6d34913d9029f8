package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.JsonOutput;

/**
 * A table of the V2 API on its way to a client.
 *
 * @param metrics the names that were asked for, none for all
 * @param stepRange the range of steps as it was given
 * @param table the table
 * @param rows those of its rows that are sent
 * @param total how many rows there were before some were chosen
 * @param start when the query began, in the nanoseconds of {@link System#nanoTime()}
 */
public record SelectionAnswer(
    List<String> metrics,
    Optional<String> stepRange,
    Table table,
    Rows rows,
    long total,
    long start)
    implements StreamedAnswer {
  private static final TableFormat FORMAT = new TableFormat(TableFormat.Layout.JSON, false, false);
  private static final double NANOS_PER_MILLISECOND = 1e6;

  @Override
  public boolean isLong() {
    return TableAnswer.isLong(table, rows);
  }

  @Override
  public void write(OutputStream stream) throws IOException {
    JsonOutput output = new JsonOutput(stream);
    TableWriter.writeColumns(table, output);
    output.raw(",\"rows\":[");
    String axis = table.axis().columnName();
    Dialect dialect = JsonDialect.ofRows(axis, ",", "", FORMAT);
    new RowWriter(table, rows, dialect, output).write();
    output.raw("],\"query_time_ms\":");
    output.decimal((System.nanoTime() - start) / NANOS_PER_MILLISECOND);
    output.raw(",\"total_points\":").whole(total);
    output.raw(",\"applied_filters\":{\"metrics\":");
    if (metrics.isEmpty()) {
      output.token(JsonDialect.NULL);
    } else {
      output.strings(metrics);
    }
    output.raw(",\"step_range\":");
    if (stepRange.isPresent()) {
      output.string(stepRange.get());
    } else {
      output.token(JsonDialect.NULL);
    }
    boolean downsampled = rows.count() < total;
    output.raw(",\"downsampled\":").raw(Boolean.toString(downsampled)).raw("}}").flush();
  }
}
