package org.runmetrics.web.stream;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.series.Position;
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

  private final MetricsChange change;
  private final RowsText text;
  private final UnaryOperator<byte[]> form;
  private final Function<Position, String> id;
  private boolean resetTold;
  private long rowsTold;
  private boolean statusTold;

  /** Takes a change of the one run of a stream. */
  MetricsEvents(MetricsChange change, RowsText text) {
    this(change, text, json -> json, Position::token);
  }

  /**
   * Takes a change of one run of many.
   *
   * @param form adds to each object what the stream says besides
   * @param id says where a client is that has heard of the run up to a position; asked once at
   *     most, when the client gets all rows
   */
  MetricsEvents(
      MetricsChange change,
      RowsText text,
      UnaryOperator<byte[]> form,
      Function<Position, String> id) {
    this.change = change;
    this.text = text;
    this.form = form;
    this.id = id;
  }

  /** Takes the next event, if there is one left. */
  Optional<byte[]> next() {
    if (change.reset() && !resetTold) {
      resetTold = true;
      byte[] reset = form.apply(EventText.EMPTY);
      return Optional.of(
          change.rows().count() > 0
              ? EventText.event("reset", reset)
              : EventText.event("reset", reset, id.apply(change.position())));
    }
    if (rowsTold < change.rows().count()) {
      return Optional.of(rows());
    }
    if (change.status().isPresent() && !statusTold) {
      statusTold = true;
      return Optional.of(
          EventText.event("status", form.apply(EventText.object("status", change.status().get()))));
    }
    return Optional.empty();
  }

  private byte[] rows() {
    Rows rows = change.rows();
    long from = rowsTold;
    long most = Math.max(1, MAX_CELLS / (change.table().metrics().size() + 1));
    rowsTold = Math.min(from + most, rows.count());
    if (rowsTold < rows.count()) {
      return EventText.event(
          "rows", form.apply(RowsText.write(change.table(), rows.slice(from, rowsTold))));
    }
    byte[] last =
        from == 0 ? text.all(change) : RowsText.write(change.table(), rows.slice(from, rowsTold));
    return EventText.event("rows", form.apply(last), id.apply(change.position()));
  }
}
