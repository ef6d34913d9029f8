package org.runmetrics.web.stream;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.runmetrics.live.RunsChange;
import org.runmetrics.live.Seat;
import org.runmetrics.push.Ending;
import org.runmetrics.push.Next;
import org.runmetrics.push.Source;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.web.answer.RunJson;
import org.runmetrics.web.text.JsonOutput;

/** What happens to the list of runs, for one client. */
final class RunsSource implements Source<byte[]> {
  private final Seat<List<RunInfo>, RunsChange> seat;
  private final SeenRuns seen;
  private boolean started;

  /** What is left of the change that is being sent. */
  private Iterator<RunInfo> told = Collections.emptyIterator();

  private Iterator<RunInfo> removed = Collections.emptyIterator();

  /** Tells of those runs alone that the client may see. */
  RunsSource(Seat<List<RunInfo>, RunsChange> seat, SeenRuns seen) {
    this.seat = seat;
    this.seen = seen;
  }

  @Override
  public Next<byte[]> next() throws IOException {
    if (!started) {
      started = true;
      return new Next.Message<>(EventText.COMMENT);
    }
    if (seat.isOver()) {
      return new Next.Over<>(new Ending(Ending.Why.DONE, "The list is gone"));
    }
    while (!told.hasNext() && !removed.hasNext()) {
      Optional<RunsChange> change = seat.next();
      if (change.isEmpty()) {
        return new Next.Nothing<>();
      }
      told = shown(change.get().told());
      removed = shown(change.get().removed());
    }
    return new Next.Message<>(
        removed.hasNext()
            ? EventText.event("removed", EventText.object("id", removed.next().id().value()))
            : EventText.event("run", json(told.next())));
  }

  @Override
  public void leave() {
    seat.leave();
  }

  private Iterator<RunInfo> shown(List<RunInfo> runs) {
    return runs.stream().filter(run -> seen.shows(run.run())).iterator();
  }

  private static byte[] json(RunInfo run) {
    return JsonOutput.text(RunJson.ROOM_BYTES, output -> RunJson.write(run, output));
  }
}
