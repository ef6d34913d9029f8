package org.runmetrics.web.query;

import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.scan.SkippedLines;
import org.runmetrics.series.Position;
import org.runmetrics.series.Series;
import org.runmetrics.series.ShortPosition;
import org.runmetrics.view.Delta;
import org.runmetrics.view.Table;
import org.runmetrics.web.http.Problem;

/** Finds what a request names, or ends it with the right error. */
public final class RequestedRuns {
  private static final Logger LOG = System.getLogger(RequestedRuns.class.getName());

  private final SeenRuns seen;
  private final SeriesCache cache;

  RequestedRuns(SeenRuns seen, SeriesCache cache) {
    this.seen = seen;
    this.cache = cache;
  }

  /** Returns all runs that there are for who sent the request. */
  public SeenRuns seen() {
    return seen;
  }

  /** Returns the run of an id, if there is one. */
  public Optional<RunDirectory> find(String id) {
    return seen.find(id);
  }

  /** Returns the run of an id. */
  public RunDirectory run(String id) {
    return find(id).orElseThrow(() -> Problem.notFound("Run not found: " + id));
  }

  /** Returns what a run has logged, damaged or not. */
  public Series series(RunDirectory run) {
    try {
      return cache.series(run);
    } catch (IOException unreadable) {
      throw unreadable(run, unreadable);
    }
  }

  /** Returns how far a run has logged; its start if that cannot be read now. */
  public Position position(RunDirectory run) {
    try {
      return cache.series(run).position();
    } catch (IOException unreadable) {
      LOG.log(Level.WARNING, "Cannot read the events of run " + run.id() + ": " + unreadable);
      return Position.START;
    }
  }

  /**
   * Returns how far a client has read a run.
   *
   * @param run the run, if it is there
   * @param told what the client was told
   * @return {@link Position#NOWHERE} if the run does not go on from there, or cannot be read now
   */
  public Position position(Optional<RunDirectory> run, ShortPosition told) {
    if (told.isStart()) {
      return Position.START;
    }
    try {
      return run.isEmpty()
          ? Position.NOWHERE
          : cache.find(run.get(), told).orElse(Position.NOWHERE);
    } catch (IOException unreadable) {
      LOG.log(Level.WARNING, "Cannot read the events of run: " + unreadable);
      return Position.NOWHERE;
    }
  }

  /** Returns what a run has logged, or nothing if its file cannot be read or holds no events. */
  Optional<Series> readable(RunDirectory run) {
    try {
      return Optional.of(cache.series(run)).filter(series -> !series.isDamaged());
    } catch (IOException unreadable) {
      Optional<WebApplicationException> passing = Problem.passing(unreadable);
      if (passing.isPresent()) {
        throw passing.get();
      }
      LOG.log(Level.WARNING, "Cannot read the events of run " + run.id() + ": " + unreadable);
      return Optional.empty();
    }
  }

  /** Returns what several runs have logged; an error if none of them can be read. */
  public FoundSeries series(Names runs) {
    Map<String, Optional<RunDirectory>> named = new HashMap<>();
    Function<String, Optional<RunDirectory>> find = id -> named.computeIfAbsent(id, this::find);
    Map<String, Series> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    List<RunDirectory> withoutSeries = new ArrayList<>();
    for (String id : runs.among(id -> find.apply(id).isPresent())) {
      Optional<RunDirectory> run = find.apply(id);
      Optional<Series> series = run.flatMap(this::readable);
      run.filter(it -> series.isEmpty()).ifPresent(withoutSeries::add);
      series.ifPresentOrElse(it -> found.put(id, it), () -> missing.add(id));
    }
    if (found.isEmpty()) {
      // One that cannot be read says so; the others are damaged.
      withoutSeries.forEach(this::series);
      throw withoutSeries.isEmpty()
          ? Problem.notFound("Run not found: " + String.join(", ", missing))
          : Problem.internal("Failed to parse metrics file");
    }
    return new FoundSeries(found, missing);
  }

  /** Returns what a run has logged, if its file holds anything that can be read. */
  public Series metrics(String id) {
    Series series = series(run(id));
    if (series.isDamaged()) {
      throw Problem.internal("Failed to parse metrics file");
    }
    return series;
  }

  /** Returns what lines of a run's events hold no valid event; reads them only if there are any. */
  public SkippedLines skippedLines(RunDirectory run, Series series) {
    Optional<RegularFile> events = run.events();
    if (series.skippedLines() == 0 || events.isEmpty()) {
      return new SkippedLines(List.of(), series.skippedLines() == 0);
    }
    try {
      return SkippedLines.of(events.get(), series.skippedLines());
    } catch (IOException unreadable) {
      throw unreadable(run, unreadable);
    }
  }

  /** Returns the rows of a run's table that a client has not read, who read up to a position. */
  public Delta delta(String id, Series series, Table table, Position read) {
    RunDirectory run = run(id);
    try {
      return cache.continues(run, series, read)
          ? Delta.behind(table, read.events())
          : Delta.all(table);
    } catch (IOException unreadable) {
      throw unreadable(run, unreadable);
    }
  }

  private static WebApplicationException unreadable(RunDirectory run, IOException cause) {
    return Problem.passing(cause)
        .orElseGet(
            () -> {
              LOG.log(Level.WARNING, "Cannot read the events of run " + run.id(), cause);
              return Problem.unavailable("The metrics file cannot be read now, try again later");
            });
  }
}
