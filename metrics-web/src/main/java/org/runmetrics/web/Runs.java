package org.runmetrics.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.run.RunCatalog;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.series.Series;

/** Finds what a request names, or ends it with the right error. */
@Singleton
class Runs {
  private static final Logger LOG = System.getLogger(Runs.class.getName());

  private final RunCatalog catalog;
  private final SeriesCache cache;

  @Inject
  Runs(RunCatalog catalog, SeriesCache cache) {
    this.catalog = catalog;
    this.cache = cache;
  }

  /** Returns the run of an id, if there is one. */
  Optional<RunDirectory> find(String id) {
    return catalog.find(id);
  }

  /** Returns the run of an id. */
  RunDirectory run(String id) {
    return find(id).orElseThrow(() -> Problem.notFound("Run not found: " + id));
  }

  /** Returns what a run has logged, damaged or not. */
  Series series(RunDirectory run) {
    try {
      return cache.series(run);
    } catch (IOException unreadable) {
      LOG.log(Level.WARNING, "Cannot read the events of run " + run.id(), unreadable);
      throw Problem.internal("Failed to read metrics file");
    }
  }

  /** Returns what a run has logged, if its file holds anything that can be read. */
  Series metrics(String id) {
    Series series = series(run(id));
    if (series.isDamaged()) {
      throw Problem.internal("Failed to parse metrics file");
    }
    return series;
  }
}
