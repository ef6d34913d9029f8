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
import org.runmetrics.series.Axis;
import org.runmetrics.series.Series;
import org.runmetrics.view.Stages;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.RecentAnswers;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.FoundSeries;
import org.runmetrics.web.query.Viewers;

/** When runs were warming up, training or validating: where a text that they log changes. */
@Singleton
@Path("v2/stages")
@Produces(MediaType.APPLICATION_JSON)
public class StagesResource {
  /** More stages than these nobody tells apart on a chart. */
  private static final int MOST = 1_000;

  @Inject Viewers viewers;
  @Inject Deliveries deliveries;
  @Inject RecentAnswers recent;

  /** Serves the stages; runs that cannot be found or read are named in the answer. */
  @GET
  public void stages(
      @Context UriInfo uri, @Context HttpServletRequest request, @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> gather(uri, request));
  }

  private Response gather(UriInfo uri, HttpServletRequest request) {
    StagesQuery query = StagesQuery.of(uri);
    FoundSeries found = viewers.runs(request).series(query.runs());
    Revision revision =
        Revision.of("stages", query, found.series().keySet(), found.missing(), found.positions());
    return revision
        .answer(request, () -> recent.get(revision, () -> Response.ok(answer(query, found))))
        .build();
  }

  private static StagesAnswer answer(StagesQuery query, FoundSeries found) {
    Map<String, RunStages> stages = new LinkedHashMap<>();
    found.series().forEach((id, series) -> stages.put(id, stages(query, series)));
    return new StagesAnswer(stages, query.rows(), found.missing());
  }

  private static RunStages stages(StagesQuery query, Series series) {
    Stages stages = Stages.of(series, query.metric(), query.rows(), MOST);
    double origin = query.fromStart() ? Axis.timeOfKey(series.min(query.rows()).orElse(0)) : 0;
    return new RunStages(stages, origin);
  }
}
