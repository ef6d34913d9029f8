package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;

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
  @Override
  public void write(OutputStream stream) throws IOException {
    SelectionWriter.write(this, stream);
  }
}
