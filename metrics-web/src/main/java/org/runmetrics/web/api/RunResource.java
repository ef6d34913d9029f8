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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;
import org.runmetrics.series.Series;
import org.runmetrics.view.Delta;
import org.runmetrics.view.Table;
import org.runmetrics.web.answer.RunJson;
import org.runmetrics.web.answer.TableFormat;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.RateLimited;
import org.runmetrics.web.http.RecentAnswers;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.RequestedRuns;
import org.runmetrics.web.query.TableQuery;
import org.runmetrics.web.query.Viewers;

/** One run: what it says about itself, its metrics, how far it is. */
@Singleton
@Path("runs/{run_id}")
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {
  /** The day on which the API called progress deprecated, 2025-10-14, as RFC 9745 writes it. */
  private static final String DEPRECATED_SINCE = "@1760400000";

  /**
   * How long the detail of a run that says nothing new may be kept while it runs, although its
   * times pass: clients that ask each second are not sent all of it each time.
   */
  private static final long TICK_SECONDS = 10;

  @Inject Viewers viewers;
  @Inject Deliveries deliveries;
  @Inject RecentAnswers recent;

  /** Shows what a run says about itself, and how many lines of it could not be read. */
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
    RunFacts facts = RunFacts.of(run);
    Series series = runs.series(run);
    Instant now = Instant.now();
    byte[] text = detail(facts, series, now);
    if (!facts.info().status().isRunning()) {
      return Revision.ofText(text).answer(request, () -> Response.ok(text)).build();
    }
    Instant tick = Instant.ofEpochSecond(now.getEpochSecond() / TICK_SECONDS * TICK_SECONDS);
    return Revision.ofText(detail(facts, series, tick))
        .weak()
        .answer(request, () -> Response.ok(text))
        .build();
  }

  private static byte[] detail(RunFacts facts, Series series, Instant now) {
    return RunJson.detail(
        facts,
        Elapsed.seconds(facts.info(), series, now),
        series.imageLines().count(),
        series.skippedLines(),
        now);
  }

  /** Serves the metrics by time. */
  @GET
  @Path("metrics")
  @Produces({MediaType.APPLICATION_JSON, TableFormat.NEGOTIABLE_CSV, TableFormat.NEGOTIABLE_JSONL})
  @RateLimited
  public void metrics(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(
        client,
        request,
        () -> view(id, TableQuery.byTimes(uri, headers.getAcceptableMediaTypes()), request));
  }

  /** Serves the metrics by step. */
  @GET
  @Path("metrics_step")
  @Produces({MediaType.APPLICATION_JSON, TableFormat.NEGOTIABLE_CSV, TableFormat.NEGOTIABLE_JSONL})
  @RateLimited
  public void metricsByStep(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(
        client,
        request,
        () -> view(id, TableQuery.bySteps(uri, headers.getAcceptableMediaTypes()), request));
  }

  /** Estimates how far a run is. */
  @GET
  @Path("progress")
  public Response progress(
      @PathParam("run_id") String id, @Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters.none(uri);
    RequestedRuns runs = viewers.runs(request);
    RunDirectory run = runs.run(id);
    Series series = runs.series(run);
    Progress progress = Progress.of(RunInfo.of(run), series, Instant.now());
    return Response.ok(progress.json()).header("Deprecation", DEPRECATED_SINCE).build();
  }

  private Response view(String id, TableQuery query, HttpServletRequest request) {
    RequestedRuns runs = viewers.runs(request);
    Series series = runs.metrics(id);
    Revision revision = Revision.of(id, series.position(), query);
    return revision
        .answer(request, () -> recent.get(revision, () -> answer(runs, id, query, series)))
        .header("X-Cursor", series.position().token())
        .build();
  }

  private static Response.ResponseBuilder answer(
      RequestedRuns runs, String id, TableQuery query, Series series) {
    Table table = Table.of(series, query.axis());
    Delta news =
        query.cursor().isPresent()
            ? runs.delta(id, series, table, query.cursor().get())
            : Delta.behind(table, 0);
    Response.ResponseBuilder response = query.answer(table, news.rows(), id).response();
    return news.reset() ? response.header("X-Reset", true) : response;
  }
}
