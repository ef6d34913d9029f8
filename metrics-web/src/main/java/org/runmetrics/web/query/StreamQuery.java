package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.runmetrics.curve.MetricNames;
import org.runmetrics.live.RunPlaces;
import org.runmetrics.series.Metric;
import org.runmetrics.view.Table;
import org.runmetrics.web.http.Problem;

/**
 * What a request wants of a stream of many runs.
 *
 * @param runs ids; none only if the list of runs is wanted
 * @param metrics names or patterns; none for all
 * @param list whether changes of the list of runs are wanted too
 * @param places how far the client has heard; nothing for one that begins now. A run that it does
 *     not name begins at its start
 */
public record StreamQuery(Names runs, Names metrics, boolean list, Optional<RunPlaces> places) {
  private static final String[] NAMES = {"runs", "metrics", "list", "cursor"};

  /** Reads the parameters of a request. */
  public static StreamQuery of(UriInfo uri, Optional<String> lastEventId) {
    return of(Parameters.of(uri, NAMES), lastEventId);
  }

  /**
   * Reads the parameters of a request outside of JAX-RS.
   *
   * @param query as the client sent it
   * @param lastEventId what browsers send on their own when they come back, so it wins
   */
  public static StreamQuery of(Optional<String> query, Optional<String> lastEventId) {
    return of(Parameters.of(query, NAMES), lastEventId);
  }

  private static StreamQuery of(Parameters parameters, Optional<String> lastEventId) {
    Names runs = parameters.names("runs");
    boolean list = parameters.flag("list", false);
    if (runs.isEmpty() && !list) {
      throw Problem.badRequest(
          "runs must be one or more run ids with commas between, not empty, unless list is true");
    }
    return new StreamQuery(
        runs,
        parameters.names("metrics").withFewPatterns(),
        list,
        parameters.places("cursor", lastEventId));
  }

  /** Returns the ids of the runs, each once. */
  public List<String> ids(Predicate<String> isRun) {
    List<String> ids = runs.among(isRun);
    if (ids.size() > RunPlaces.MOST) {
      throw Problem.badRequest(
          "runs must be at most " + RunPlaces.MOST + " run ids, not " + ids.size());
    }
    return ids;
  }

  /** Returns whether some columns are wanted, and not all. */
  public boolean choosesMetrics() {
    return !metrics.isEmpty();
  }

  /** Returns the same rows with the wanted columns alone. */
  public Table wanted(Table table) {
    Set<String> logged =
        table.metrics().stream().map(Metric::name).collect(Collectors.toUnmodifiableSet());
    MetricNames names = new MetricNames(metrics.among(logged::contains), logged);
    return table.only(metric -> names.wants(metric.name()));
  }
}
