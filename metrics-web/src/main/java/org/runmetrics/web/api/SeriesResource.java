package org.runmetrics.web.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.runmetrics.curve.Comparison;
import org.runmetrics.curve.CurveAxis;
import org.runmetrics.curve.DrawThreads;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;
import org.runmetrics.view.Table;
import org.runmetrics.web.answer.SeriesAnswer;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.http.RecentAnswers;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.RequestedRuns;
import org.runmetrics.web.query.SeriesQuery;

/** Curves of many runs and metrics in one call, for charts and comparison. */
@Singleton
@Path("v2/series")
@Produces(MediaType.APPLICATION_JSON)
public class SeriesResource {
  @Inject RequestedRuns runs;
  @Inject RecentAnswers recent;
  @Inject DrawThreads threads;

  /** Serves the series; runs that cannot be found or read are named in the answer. */
  @GET
  public Response series(@Context UriInfo uri, @Context HttpServletRequest request) {
    SeriesQuery query = SeriesQuery.of(uri);
    Map<String, Optional<RunDirectory>> named = new HashMap<>();
    Function<String, Optional<RunDirectory>> find = id -> named.computeIfAbsent(id, runs::find);
    Map<String, Series> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    boolean damaged = false;
    for (String id : query.runs().among(id -> find.apply(id).isPresent())) {
      Optional<RunDirectory> run = find.apply(id);
      Optional<Series> series = run.flatMap(runs::readable);
      damaged |= run.isPresent() && series.isEmpty();
      series.ifPresentOrElse(it -> found.put(id, it), () -> missing.add(id));
    }
    if (found.isEmpty()) {
      throw damaged
          ? Problem.internal("Failed to parse metrics file")
          : Problem.notFound("Run not found: " + String.join(", ", missing));
    }
    Revision revision =
        Revision.of(
            query, found.keySet(), missing, found.values().stream().map(Series::position).toList());
    return revision
        .answer(
            request, () -> recent.get(revision, () -> Response.ok(answer(query, found, missing))))
        .build();
  }

  private SeriesAnswer answer(SeriesQuery query, Map<String, Series> found, List<String> missing) {
    Axis axis = query.curves().axis().rows();
    Map<String, Table> tables = new LinkedHashMap<>();
    found.forEach((id, series) -> tables.put(id, Table.of(series, axis)));
    checkAxis(query, tables.values());
    Set<String> logged =
        found.values().stream()
            .flatMap(series -> series.metrics().stream())
            .map(Metric::name)
            .collect(Collectors.toUnmodifiableSet());
    Comparison comparison =
        Comparison.of(query.curves(), tables, query.metrics().among(logged::contains));
    return new SeriesAnswer(query.axis(), comparison, missing, threads);
  }

  /** An axis that no run has is mistyped, unless none of them has logged anything yet. */
  private static void checkAxis(SeriesQuery query, Collection<Table> tables) {
    boolean known =
        !(query.curves().axis() instanceof CurveAxis.OfMetric axis)
            || tables.stream().allMatch(table -> table.metrics().isEmpty())
            || tables.stream()
                .flatMap(table -> table.metrics().stream())
                .anyMatch(metric -> metric.numeric() && metric.name().equals(axis.name()));
    if (!known) {
      throw Parameters.wrong(
          "axis", "step, time, relative or a numeric metric of the runs", query.axis());
    }
  }
}
