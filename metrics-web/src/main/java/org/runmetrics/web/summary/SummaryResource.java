package org.runmetrics.web.summary;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.runmetrics.curve.MetricNames;
import org.runmetrics.series.Metric;
import org.runmetrics.view.MetricStatistics;
import org.runmetrics.view.Table;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.RecentAnswers;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.FoundSeries;
import org.runmetrics.web.query.Viewers;

/** Metrics of many runs in a few numbers each, for tables. */
@Singleton
@Path("v2/summary")
@Produces(MediaType.APPLICATION_JSON)
public class SummaryResource {
  @Inject Viewers viewers;
  @Inject Deliveries deliveries;
  @Inject RecentAnswers recent;

  /** Serves the statistics; runs that cannot be found or read are named in the answer. */
  @GET
  public void summary(
      @Context UriInfo uri, @Context HttpServletRequest request, @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> gather(uri, request));
  }

  private Response gather(UriInfo uri, HttpServletRequest request) {
    SummaryQuery query = SummaryQuery.of(uri);
    FoundSeries found = viewers.runs(request).series(query.runs());
    Revision revision =
        Revision.of(query, found.series().keySet(), found.missing(), found.positions());
    return revision
        .answer(request, () -> recent.get(revision, () -> Response.ok(answer(query, found))))
        .build();
  }

  private static SummaryAnswer answer(SummaryQuery query, FoundSeries found) {
    Map<String, Table> tables = new LinkedHashMap<>();
    found.series().forEach((id, series) -> tables.put(id, MetricStatistics.rows(series)));
    Set<String> numeric =
        tables.values().stream()
            .flatMap(table -> table.metrics().stream())
            .filter(Metric::numeric)
            .map(Metric::name)
            .collect(Collectors.toUnmodifiableSet());
    MetricNames names = new MetricNames(query.metrics().among(found.names()::contains), numeric);
    return SummaryAnswer.of(tables, names, found.missing());
  }
}
