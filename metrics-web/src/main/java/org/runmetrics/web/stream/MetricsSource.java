package org.runmetrics.web.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.util.Optional;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.live.Seat;
import org.runmetrics.web.answer.RowsText;

/** What happens to a run, for one client. */
final class MetricsSource implements EventSource {
  private final Seat<MetricsPlace, MetricsChange> seat;
  private final Events events;
  private final RowsText text;
  private boolean started;

  /** What is left of the change that is being sent. */
  private Optional<MetricsEvents> current = Optional.empty();

  MetricsSource(Seat<MetricsPlace, MetricsChange> seat, Events events, RowsText text) {
    this.seat = seat;
    this.events = events;
    this.text = text;
  }

  @Override
  public Optional<OutboundSseEvent> next() throws IOException {
    if (!started) {
      // So that a client that breaks off before its first row misses none.
      started = true;
      return Optional.of(events.place(seat.place().position().token()));
    }
    while (true) {
      if (current.isPresent()) {
        Optional<OutboundSseEvent> next = current.get().next();
        if (next.isPresent()) {
          return next;
        }
      }
      current = seat.next().map(change -> new MetricsEvents(change, events, text));
      if (current.isEmpty()) {
        return Optional.empty();
      }
    }
  }

  @Override
  public boolean isOver() {
    return seat.isOver();
  }

  @Override
  public void leave() {
    seat.leave();
  }
}
