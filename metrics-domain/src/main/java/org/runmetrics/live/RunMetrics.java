package org.runmetrics.live;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunStatus;
import org.runmetrics.series.Series;
import org.runmetrics.view.Delta;
import org.runmetrics.view.Table;

/** The metrics of one run by step, and its status. Looked at by the feed's turn alone. */
final class RunMetrics implements Subject<MetricsPlace, MetricsChange> {
  private final RunDirectory run;
  private final SeriesCache cache;

  /** The status that was last reported, and whether the file has named none since. */
  private Optional<String> status = Optional.empty();

  private boolean doubted;

  RunMetrics(RunDirectory run, SeriesCache cache) {
    this.run = run;
    this.cache = cache;
  }

  @Override
  public Optional<Snapshot<MetricsPlace, MetricsChange>> now() throws IOException {
    if (!run.isRun()) {
      return Optional.empty();
    }
    // In this order, so that whoever hears of the end has heard of all that was logged before.
    String current = status();
    Series series = cache.series(run);
    return Optional.of(new Moment(series, Table.bySteps(series), current));
  }

  /**
   * Returns the status, which must be missing twice to be unknown: a tracker that writes it anew
   * empties its file first.
   */
  private String status() {
    RunStatus read = RunStatus.of(run);
    if (!read.isKnown() && status.isPresent() && !doubted) {
      doubted = true;
      return status.get();
    }
    doubted = false;
    status = Optional.of(read.status());
    return read.status();
  }

  /** Used by all that ask for what changed, on threads of theirs. */
  private final class Moment implements Snapshot<MetricsPlace, MetricsChange> {
    private final Series series;
    private final Table table;
    private final String status;

    private Moment(Series series, Table table, String status) {
      this.series = series;
      this.table = table;
      this.status = status;
    }

    @Override
    public MetricsPlace place() {
      return new MetricsPlace(series.position(), Optional.of(status));
    }

    @Override
    public MetricsChange changeSince(MetricsPlace earlier) throws IOException {
      Delta delta =
          cache.continues(run, series, earlier.position())
              ? Delta.behind(table, earlier.position().events())
              : Delta.all(table);
      return new MetricsChange(
          table,
          delta.rows(),
          delta.reset(),
          Optional.of(status).filter(now -> !earlier.status().equals(Optional.of(now))),
          series.position());
    }
  }
}
