package org.runmetrics.web.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.live.RunPlaces;
import org.runmetrics.push.Next;
import org.runmetrics.push.Source;
import org.runmetrics.series.Position;
import org.runmetrics.web.query.StreamQuery;

/**
 * What happens to many runs, and to the list of runs if that is wanted, for one client.
 *
 * <p>They have their turns one after the other, an event each, so that none of them keeps another
 * waiting. It ends for no run.
 */
final class SeriesSource implements Source<byte[]> {
  /** After so long without an event others have their turn; looks at runs may read files. */
  private static final Duration SLICE = Duration.ofMillis(2);

  private final List<RunEvents> runs;
  private final Optional<RunsSource> list;
  private boolean started;

  /** Whose turn it is: a run's, or after them the list's. */
  private int turn;

  SeriesSource(
      List<RunStart> starts,
      StreamQuery query,
      StreamSources sources,
      Optional<RunsSource> list,
      Runnable wake) {
    this.runs =
        starts.stream()
            .map(start -> new RunEvents(start, query, sources, this::token, wake))
            .toList();
    this.list = list;
  }

  @Override
  public Next<byte[]> next() throws IOException {
    if (!started && !runs.isEmpty()) {
      // So that a client that breaks off before its first row misses none.
      started = true;
      return new Next.Message<>(EventText.place(token()));
    }
    long began = System.nanoTime();
    for (int asked = 0; asked <= runs.size(); asked++) {
      Next<byte[]> next = take();
      if (!(next instanceof Next.Nothing<byte[]>)) {
        return next;
      }
      if (System.nanoTime() - began > SLICE.toNanos()) {
        // All are asked again then: what wakes the client meanwhile does not say which it is.
        return new Next.Again<>();
      }
    }
    return new Next.Nothing<>();
  }

  @Override
  public void leave() {
    runs.forEach(RunEvents::leave);
    list.ifPresent(RunsSource::leave);
  }

  private Next<byte[]> take() throws IOException {
    int taken = turn;
    turn = (turn + 1) % (runs.size() + 1);
    if (taken == runs.size()) {
      return list.isPresent() ? list.get().next() : new Next.Nothing<>();
    }
    Optional<byte[]> event = runs.get(taken).next();
    return event.isPresent() ? new Next.Message<>(event.get()) : new Next.Nothing<>();
  }

  /** Returns how far the client has heard of each run. */
  private String token() {
    Map<String, Position> heard = new LinkedHashMap<>();
    runs.forEach(run -> heard.put(run.id(), run.heard()));
    return RunPlaces.of(heard).token();
  }
}
