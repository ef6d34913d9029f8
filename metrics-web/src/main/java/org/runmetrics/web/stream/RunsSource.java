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

  /** What the client saw last, if rules say what it sees. */
  private Optional<List<RunInfo>> shown;

  /** By which rules it did. */
  private Object rules;

  private boolean started;

  /** What is left of the change that is being sent. */
  private Iterator<RunInfo> told = Collections.emptyIterator();

  private Iterator<RunInfo> removed = Collections.emptyIterator();

  /** Tells of those runs alone that the client may see. */
  RunsSource(Seat<List<RunInfo>, RunsChange> seat, SeenRuns seen) {
    this.seat = seat;
    this.seen = seen;
    this.rules = seen.viewer().version();
    this.shown = seen.viewer().hasRules() ? Optional.of(seen.runs()) : Optional.empty();
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
      Optional<RunsChange> change = change();
      if (change.isEmpty()) {
        return new Next.Nothing<>();
      }
      told = change.get().told().iterator();
      removed = change.get().removed().iterator();
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

  /**
   * Returns what is new. Where there are rules, what the client saw last is compared with what it
   * sees now: rules change too, and runs move into what it sees and out of it.
   */
  @SuppressWarnings("ReferenceEquality") // They are the same object until they change.
  private Optional<RunsChange> change() throws IOException {
    Optional<RunsChange> change = seat.next();
    Object current = seen.viewer().version();
    if (shown.isEmpty() || (change.isEmpty() && current == rules)) {
      return change;
    }
    rules = current;
    List<RunInfo> now = seen.runs();
    RunsChange own = RunsChange.between(shown.get(), now);
    shown = Optional.of(now);
    return Optional.of(own).filter(it -> !it.isEmpty());
  }

  private static byte[] json(RunInfo run) {
    return JsonOutput.text(RunJson.ROOM_BYTES, output -> RunJson.write(run, output));
  }
}
