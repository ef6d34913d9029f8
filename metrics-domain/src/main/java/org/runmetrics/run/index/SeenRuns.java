package org.runmetrics.run.index;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.runmetrics.access.Viewer;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;

/**
 * The runs that one viewer sees; to them, others are not there.
 *
 * <p>Safe for use by several threads.
 */
public final class SeenRuns {
  private final RunCatalog catalog;
  private final Viewer viewer;

  /** What was seen of the lists that there were last; replaced as a whole. */
  private volatile Seen<RunInfo> infos = Seen.nothing();

  private volatile Seen<RunFacts> facts = Seen.nothing();

  /**
   * A list, and what is seen of it.
   *
   * @param version of the viewer's rules
   */
  private record Seen<T>(List<T> all, Object version, List<T> seen) {
    private static <T> Seen<T> nothing() {
      return new Seen<>(List.of(), "", List.of());
    }

    @SuppressWarnings(
        "ReferenceEquality") // Lists and rules are the same objects until they change.
    private Seen<T> of(List<T> now, Object rules, UnaryOperator<List<T>> filter) {
      return now == all && rules == version ? this : new Seen<>(now, rules, filter.apply(now));
    }
  }

  /** Shows some of the runs of a catalog. */
  public SeenRuns(RunCatalog catalog, Viewer viewer) {
    this.catalog = catalog;
    this.viewer = viewer;
  }

  /** Returns whose view this is. */
  public Viewer viewer() {
    return viewer;
  }

  /** Returns whether a run is seen. */
  public boolean shows(RunDirectory run) {
    return viewer.sees(run.location());
  }

  /** Finds a run by the id that a client named. */
  public Optional<RunDirectory> find(String id) {
    Optional<RunDirectory> run = catalog.find(id);
    if (run.isPresent() && !shows(run.get())) {
      // As long as it takes to learn that no run has an id, so that the time tells nothing.
      var unused = catalog.directories();
      return Optional.empty();
    }
    return run;
  }

  /** Returns what {@link RunCatalog#runs} does of those that are seen; the same list likewise. */
  public List<RunInfo> runs() {
    if (viewer.seesAll()) {
      return catalog.runs();
    }
    Seen<RunInfo> now = infos.of(catalog.runs(), viewer.version(), all -> seen(all, RunInfo::run));
    infos = now;
    return now.seen();
  }

  /** Returns what {@link RunCatalog#facts} does of those that are seen; the same list likewise. */
  public List<RunFacts> facts() {
    if (viewer.seesAll()) {
      return catalog.facts();
    }
    Seen<RunFacts> now =
        facts.of(catalog.facts(), viewer.version(), all -> seen(all, run -> run.info().run()));
    facts = now;
    return now.seen();
  }

  private <T> List<T> seen(List<T> all, Function<T, RunDirectory> directory) {
    return all.stream().filter(run -> shows(directory.apply(run))).toList();
  }
}
