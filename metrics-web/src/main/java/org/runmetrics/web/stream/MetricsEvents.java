package org.runmetrics.web.stream;

import java.util.Optional;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.view.Rows;
import org.runmetrics.web.answer.RowsText;

/**
 * The events of one change of a run, each made when it is taken.
 *
 * <p>Very many rows are several events. Only the last has an id: whoever breaks off before goes on
 * from the place before, and gets them all again.
 */
final class MetricsEvents {
  /** Some 100 kB of numbers, which a slow client takes in time; strings may be longer. */
  private static final int MAX_CELLS = 4 << 10;

  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final MetricsChange change;
  private final RowsText text;
  private boolean resetTold;
  private long rowsTold;
  private boolean statusTold;

  MetricsEvents(MetricsChange change, RowsText text) {
    this.change = change;
    this.text = text;
  }

  /** Takes the next event, if there is one left. */
  Optional<byte[]> next() {
    if (change.reset() && !resetTold) {
      resetTold = true;
      return Optional.of(
          change.rows().count() > 0
              ? EventText.event("reset", EMPTY_OBJECT)
              : EventText.event("reset", EMPTY_OBJECT, change.position().token()));
    }
    if (rowsTold < change.rows().count()) {
      return Optional.of(rows());
    }
    if (change.status().isPresent() && !statusTold) {
      statusTold = true;
      return Optional.of(
          EventText.event("status", EventText.object("status", change.status().get())));
    }
    return Optional.empty();
  }

  private byte[] rows() {
    Rows rows = change.rows();
    long from = rowsTold;
    long most = Math.max(1, MAX_CELLS / (change.table().metrics().size() + 1));
    rowsTold = Math.min(from + most, rows.count());
    if (rowsTold < rows.count()) {
      return EventText.event("rows", RowsText.write(change.table(), rows.slice(from, rowsTold)));
    }
    byte[] last =
        from == 0 ? text.all(change) : RowsText.write(change.table(), rows.slice(from, rowsTold));
    return EventText.event("rows", last, change.position().token());
  }
}
