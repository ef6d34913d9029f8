package org.runmetrics.web.stream;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.runmetrics.live.AwaitedRuns;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.live.Seat;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.series.Position;
import org.runmetrics.view.Table;
import org.runmetrics.web.query.StreamQuery;

/**
 * What happens to one of the runs of a stream, for one client.
 *
 * <p>A run that is not there is waited for. One that goes is told by a reset, and waited for again.
 * One that cannot be read is tried again after a rest. Used by one thread at a time.
 */
final class RunEvents {
  private static final Logger LOG = System.getLogger(RunEvents.class.getName());

  /** After a failure, at least; then whatever wakes the client, a ping at the latest, goes on. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final String id;
  private final SeenRuns seen;
  private final StreamQuery query;
  private final StreamSources sources;
  private final Supplier<String> token;
  private final Runnable wake;

  /** How far the client has heard, and whether it knows anything of the run. */
  private Position heard;

  private boolean told;

  private Optional<RunDirectory> run;

  /** Is there while the run is not. */
  private Optional<AwaitedRuns.Wait> wait = Optional.empty();

  private Optional<Seat<MetricsPlace, MetricsChange>> seat = Optional.empty();

  /** What is left of the change that is being sent. */
  private Optional<MetricsEvents> current = Optional.empty();

  /** When the last try failed, by {@link System#nanoTime}, if it did. */
  private OptionalLong failed = OptionalLong.empty();

  /**
   * Begins to listen or to wait when it is first asked.
   *
   * @param token tells how far the client has heard of all runs of its stream
   */
  RunEvents(
      RunStart start,
      StreamQuery query,
      StreamSources sources,
      Supplier<String> token,
      Runnable wake) {
    this.id = start.id();
    this.seen = start.seen();
    this.query = query;
    this.sources = sources;
    this.token = token;
    this.wake = wake;
    this.heard = start.heard();
    this.told = !start.heard().equals(Position.START);
    this.run = start.run();
  }

  String id() {
    return id;
  }

  /** Returns how far the client has heard; what it was told last may be told again from there. */
  Position heard() {
    return heard;
  }

  /** Takes the next event, if there is one now. */
  Optional<byte[]> next() {
    if (failed.isPresent() && System.nanoTime() - failed.getAsLong() < REST.toNanos()) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> event = take();
      failed = OptionalLong.empty();
      return event;
    } catch (IOException | RuntimeException unreadable) {
      LOG.log(
          failed.isEmpty() ? Level.WARNING : Level.DEBUG,
          "Run " + id + " cannot be sent on and is tried again",
          unreadable);
      failed = OptionalLong.of(System.nanoTime());
      leaveSeat();
      return Optional.empty();
    }
  }

  void leave() {
    leaveSeat();
    wait.ifPresent(AwaitedRuns.Wait::leave);
  }

  private Optional<byte[]> take() throws IOException {
    // Rules may have changed, and the run is no longer there for this client.
    boolean hidden = run.isPresent() && !seen.shows(run.get());
    if (hidden || (seat.isPresent() && seat.get().isOver())) {
      leaveSeat();
      run = Optional.empty();
    }
    if (seat.isEmpty() && !arrive()) {
      return gone();
    }
    do {
      Optional<byte[]> event = current.flatMap(MetricsEvents::next);
      if (event.isPresent()) {
        told = true;
        return event;
      }
      current = seat.orElseThrow().next().map(this::events);
    } while (current.isPresent());
    return Optional.empty();
  }

  /** Joins the run, or waits for it, and returns whether it is there. */
  private boolean arrive() {
    if (run.isEmpty()) {
      AwaitedRuns.Wait waiting = wait.orElseGet(() -> sources.await(id, seen, wake));
      run = waiting.found();
      wait = run.isEmpty() ? Optional.of(waiting) : Optional.empty();
    }
    seat = run.map(found -> sources.join(found, heard, wake));
    return seat.isPresent();
  }

  /** Tells the client that what it knows of the run counts no more, if it knows anything. */
  private Optional<byte[]> gone() {
    if (!told) {
      return Optional.empty();
    }
    told = false;
    heard = Position.START;
    return Optional.of(EventText.event("reset", EventText.of(id, EventText.EMPTY), token.get()));
  }

  private MetricsEvents events(MetricsChange change) {
    MetricsChange wanted = change;
    if (query.choosesMetrics()) {
      Table table = query.wanted(change.table());
      wanted =
          new MetricsChange(
              table,
              table.filled(change.rows()),
              change.reset(),
              change.status(),
              change.position());
    }
    boolean silent = wanted.rows().count() == 0 && !wanted.reset();
    // Of a change that is begun the client may have any part, which counts no more if the file is
    // replaced. One without events is told by the next token.
    heard =
        silent ? change.position() : change.position().after(change.reset() ? 0 : heard.events());
    return new MetricsEvents(
        wanted, sources.text(), json -> EventText.of(id, json), this::tokenAfter);
  }

  private String tokenAfter(Position position) {
    heard = position;
    return token.get();
  }

  private void leaveSeat() {
    seat.ifPresent(Seat::leave);
    seat = Optional.empty();
    current = Optional.empty();
  }
}
