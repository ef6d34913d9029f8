package org.runmetrics.web.answer;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.runmetrics.series.Metric;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.FileName;

/**
 * A table on its way to a client.
 *
 * @param table the table
 * @param rows those of its rows that are sent
 * @param total how many rows there were before some were chosen
 * @param format how to write them
 * @param name what a file of it is called, without its suffix
 */
public record TableAnswer(Table table, Rows rows, long total, TableFormat format, String name)
    implements StreamedAnswer {
  /** A number of seventeen digits with what is around it, but for the name. */
  private static final long CELL_BYTES = 30;

  @Override
  public void write(OutputStream stream) throws IOException {
    TableWriter.write(this, stream);
  }

  @Override
  public boolean isLong() {
    return isLong(table, rows);
  }

  /** Returns whether rows as JSON may be a long answer; texts may have any length. */
  static boolean isLong(Table table, Rows rows) {
    long row = 2 * CELL_BYTES;
    for (Metric metric : table.metrics()) {
      row += CELL_BYTES + metric.name().getBytes(StandardCharsets.UTF_8).length;
      if (!metric.numeric()) {
        return true;
      }
    }
    // The names of the columns come first.
    return (1 + rows.count()) * row > SHORT_BYTES;
  }

  public Response.ResponseBuilder response() {
    Response.ResponseBuilder response =
        Response.ok(this, format.layout().mediaType())
            .header("X-Row-Count", rows.count())
            .header("X-Total-Count", total)
            .header("X-Skipped-Lines", table.skippedLines());
    format
        .layout()
        .suffix()
        .ifPresent(
            suffix ->
                response.header(
                    HttpHeaders.CONTENT_DISPOSITION, FileName.attachment(name + "." + suffix)));
    table.lastStep().ifPresent(step -> response.header("X-Last-Step", step));
    return response;
  }
}
