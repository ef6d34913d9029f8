package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;
import org.runmetrics.web.text.JsonOutput;

/** Streams a table of the V2 API as JSON. */
final class SelectionWriter {
  private static final TableFormat FORMAT = new TableFormat(TableFormat.Layout.JSON, false, false);
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private SelectionWriter() {}

  static void write(SelectionAnswer answer, OutputStream stream) throws IOException {
    JsonOutput output = new JsonOutput(stream);
    TableWriter.writeColumns(answer.table(), output);
    output.raw(",\"rows\":[");
    String axis = answer.table().axis().columnName();
    Dialect dialect = JsonDialect.ofRows(axis, ",", "", FORMAT);
    new RowWriter(answer.table(), answer.rows(), dialect, output).write();
    output.raw("],\"query_time_ms\":");
    output.decimal((System.nanoTime() - answer.start()) / NANOS_PER_MILLISECOND);
    output.raw(",\"total_points\":").whole(answer.total());
    output.raw(",\"applied_filters\":{\"metrics\":");
    if (answer.metrics().isEmpty()) {
      output.token(JsonDialect.NULL);
    } else {
      output.strings(answer.metrics());
    }
    output.raw(",\"step_range\":");
    if (answer.stepRange().isPresent()) {
      output.string(answer.stepRange().get());
    } else {
      output.token(JsonDialect.NULL);
    }
    boolean downsampled = answer.rows().count() < answer.total();
    output.raw(",\"downsampled\":").raw(Boolean.toString(downsampled)).raw("}}").flush();
  }
}
