package org.runmetrics.web.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.runmetrics.curve.Comparison;
import org.runmetrics.curve.CurveAxis;
import org.runmetrics.curve.DrawThreads;
import org.runmetrics.series.Axis;
import org.runmetrics.view.Table;
import org.runmetrics.web.answer.SeriesAnswer;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.RecentAnswers;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.FoundSeries;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.SeriesQuery;
import org.runmetrics.web.query.Viewers;

/** Curves of many runs and metrics in one call, for charts and comparison. */
@Singleton
@Path("v2/series")
@Produces(MediaType.APPLICATION_JSON)
public class SeriesResource {
  @Inject Viewers viewers;
  @Inject Deliveries deliveries;
  @Inject RecentAnswers recent;
  @Inject DrawThreads threads;

  /** Serves the series; runs that cannot be found or read are named in the answer. */
  @GET
  public void series(
      @Context UriInfo uri, @Context HttpServletRequest request, @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> compare(uri, request));
  }

  private Response compare(UriInfo uri, HttpServletRequest request) {
    SeriesQuery query = SeriesQuery.of(uri);
    FoundSeries found = viewers.runs(request).series(query.runs());
    Revision revision =
        Revision.of(query, found.series().keySet(), found.missing(), found.positions());
    return revision
        .answer(request, () -> recent.get(revision, () -> Response.ok(answer(query, found))))
        .build();
  }

  private SeriesAnswer answer(SeriesQuery query, FoundSeries found) {
    Axis axis = query.curves().axis().rows();
    Map<String, Table> tables = new LinkedHashMap<>();
    found.series().forEach((id, series) -> tables.put(id, Table.of(series, axis)));
    checkAxis(query, tables.values());
    Comparison comparison =
        Comparison.of(query.curves(), tables, query.metrics().among(found.names()::contains));
    return new SeriesAnswer(query.axis(), comparison, found.missing(), threads);
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
