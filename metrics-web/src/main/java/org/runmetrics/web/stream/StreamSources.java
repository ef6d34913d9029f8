package org.runmetrics.web.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.runmetrics.live.AwaitedRuns;
import org.runmetrics.live.LiveMetrics;
import org.runmetrics.live.LiveRuns;
import org.runmetrics.live.MetricsChange;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.live.Seat;
import org.runmetrics.push.AllowedSource;
import org.runmetrics.push.Source;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.series.Position;
import org.runmetrics.web.answer.RowsText;
import org.runmetrics.web.query.StreamQuery;

/** Makes the sources of streams, each of what wakes its client. */
@Singleton
public class StreamSources {
  private final LiveMetrics live;
  private final LiveRuns liveRuns;
  private final AwaitedRuns awaited;
  private final RowsText text;

  /** Takes what happens to runs, and how it is written. */
  @Inject
  public StreamSources(LiveMetrics live, LiveRuns liveRuns, AwaitedRuns awaited, RowsText text) {
    this.live = live;
    this.liveRuns = liveRuns;
    this.awaited = awaited;
    this.text = text;
  }

  Function<Runnable, Source<byte[]>> ofRun(RunDirectory run, MetricsPlace told, SeenRuns seen) {
    return wake ->
        new AllowedSource<>(
            new MetricsSource(live.join(run, told, wake), text),
            () -> seen.shows(run),
            "The run is gone");
  }

  Function<Runnable, Source<byte[]>> ofList(SeenRuns seen) {
    return wake -> new RunsSource(liveRuns.join(wake), seen);
  }

  Function<Runnable, Source<byte[]>> ofRuns(StreamQuery query, StreamStart start) {
    List<RunStart> starts = start.starts(query);
    SeenRuns seen = start.runs().seen();
    return wake ->
        new SeriesSource(
            starts,
            query,
            this,
            query.list()
                ? Optional.of(new RunsSource(liveRuns.join(wake), seen))
                : Optional.empty(),
            wake);
  }

  /** Lets a client listen to a run, of which it may have heard any status. */
  Seat<MetricsPlace, MetricsChange> join(RunDirectory run, Position heard, Runnable wake) {
    return live.join(run, MetricsPlace.back(heard), wake);
  }

  /** Lets a client wait for a run that it may see. */
  AwaitedRuns.Wait await(String id, SeenRuns seen, Runnable wake) {
    return awaited.await(id, seen::shows, wake);
  }

  RowsText text() {
    return text;
  }
}
