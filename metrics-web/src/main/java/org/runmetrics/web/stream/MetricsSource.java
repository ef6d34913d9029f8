package org.runmetrics.web.stream;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.live.Seat;
import org.runmetrics.push.Ending;
import org.runmetrics.push.Next;
import org.runmetrics.push.Source;
import org.runmetrics.web.answer.RowsText;

/** What happens to a run, for one client. */
final class MetricsSource implements Source<byte[]> {
  private final Seat<MetricsPlace, MetricsChange> seat;
  private final RowsText text;
  private boolean started;

  /** What is left of the change that is being sent. */
  private Optional<MetricsEvents> current = Optional.empty();

  MetricsSource(Seat<MetricsPlace, MetricsChange> seat, RowsText text) {
    this.seat = seat;
    this.text = text;
  }

  @Override
  public Next<byte[]> next() throws IOException {
    if (!started) {
      // So that a client that breaks off before its first row misses none.
      started = true;
      return new Next.Message<>(EventText.place(seat.place().position().token()));
    }
    if (seat.isOver()) {
      return new Next.Over<>(new Ending(Ending.Why.DONE, "The run is gone"));
    }
    do {
      Optional<byte[]> event = current.flatMap(MetricsEvents::next);
      if (event.isPresent()) {
        return new Next.Message<>(event.get());
      }
      current = seat.next().map(change -> new MetricsEvents(change, text));
    } while (current.isPresent());
    return new Next.Nothing<>();
  }

  @Override
  public void leave() {
    seat.leave();
  }
}
