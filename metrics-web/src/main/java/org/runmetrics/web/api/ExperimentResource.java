package org.runmetrics.web.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;
import org.runmetrics.series.Series;
import org.runmetrics.view.MetricsSummary;
import org.runmetrics.web.answer.ExperimentJson;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.RequestedRuns;
import org.runmetrics.web.query.SelectionQuery;
import org.runmetrics.web.query.Viewers;

/** One run as the V2 API shows it. */
@Singleton
@Path("v2/experiments/{run_id}")
@Produces(MediaType.APPLICATION_JSON)
public class ExperimentResource {
  @Inject Viewers viewers;
  @Inject Deliveries deliveries;

  /** Shows what a run says about itself, and what it has logged at a glance. */
  @GET
  public void detail(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> described(id, uri, request));
  }

  private Response described(String id, UriInfo uri, HttpServletRequest request) {
    Parameters.none(uri);
    RequestedRuns runs = viewers.runs(request);
    RunDirectory run = runs.run(id);
    byte[] text =
        ExperimentJson.detail(
            RunInfo.of(run),
            MetricsSummary.of(runs.series(run)),
            run.hasEnvironment(),
            run.files().size());
    return Revision.ofText(text).answer(request, () -> Response.ok(text)).build();
  }

  /** Serves the metrics by step, of some of them, in a range, downsampled. */
  @GET
  @Path("metrics/fast")
  public void fast(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> select(id, uri, request));
  }

  private Response select(String id, UriInfo uri, HttpServletRequest request) {
    SelectionQuery query = SelectionQuery.of(uri);
    Series series = viewers.runs(request).metrics(id);
    return Revision.of(id, series.position(), query)
        .weak()
        .answer(request, () -> Response.ok(query.answer(series)))
        .build();
  }
}
