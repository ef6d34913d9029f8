package org.runmetrics.live;

import java.util.Optional;
import org.runmetrics.series.Position;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;

/**
 * What changed in a run.
 *
 * @param table all rows by step
 * @param rows those that were touched, whole
 * @param reset whether what was reported before counts no more: the rows are all that there are
 * @param status the status, if it is another
 * @param position how far the file was read
 */
public record MetricsChange(
    Table table, Rows rows, boolean reset, Optional<String> status, Position position)
    implements Change {
  @Override
  public boolean isEmpty() {
    return !reset && status.isEmpty() && rows.count() == 0;
  }
}
