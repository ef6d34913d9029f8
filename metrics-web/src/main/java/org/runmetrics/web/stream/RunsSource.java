package org.runmetrics.web.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.runmetrics.live.RunsChange;
import org.runmetrics.live.Seat;
import org.runmetrics.run.RunId;
import org.runmetrics.run.RunInfo;
import org.runmetrics.web.answer.RunJson;
import org.runmetrics.web.text.JsonOutput;

/** What happens to the list of runs, for one client. */
final class RunsSource implements EventSource {
  private final Seat<List<RunInfo>, RunsChange> seat;
  private final Events events;
  private boolean started;

  /** What is left of the change that is being sent. */
  private Iterator<RunInfo> told = Collections.emptyIterator();

  private Iterator<RunId> removed = Collections.emptyIterator();

  RunsSource(Seat<List<RunInfo>, RunsChange> seat, Events events) {
    this.seat = seat;
    this.events = events;
  }

  @Override
  public Optional<OutboundSseEvent> next() throws IOException {
    if (!started) {
      started = true;
      return Optional.of(events.start());
    }
    while (!told.hasNext() && !removed.hasNext()) {
      Optional<RunsChange> change = seat.next();
      if (change.isEmpty()) {
        return Optional.empty();
      }
      told = change.get().told().iterator();
      removed = change.get().removed().iterator();
    }
    return Optional.of(
        removed.hasNext()
            ? events.event("removed", Events.object("id", removed.next().value()))
            : events.event("run", json(told.next())));
  }

  @Override
  public boolean isOver() {
    return seat.isOver();
  }

  @Override
  public void leave() {
    seat.leave();
  }

  private static byte[] json(RunInfo run) {
    return JsonOutput.text(RunJson.ROOM_BYTES, output -> RunJson.write(run, output));
  }
}
