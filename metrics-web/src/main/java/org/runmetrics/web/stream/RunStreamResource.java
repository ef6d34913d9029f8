package org.runmetrics.web.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.runmetrics.live.LiveMetrics;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.answer.RowsText;
import org.runmetrics.web.http.ClientAddress;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.RequestedRuns;

/** The metrics of a run by step, as they are logged. */
@Singleton
@Path("runs/{run_id}/metrics_step/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Streamed
public class RunStreamResource {
  @Inject RequestedRuns runs;
  @Inject LiveMetrics live;
  @Inject EventStreams streams;
  @Inject RowsText text;
  @Inject Settings settings;

  @Context private HttpServletRequest request;

  /** Sends the rows that are touched from now on, or from where the client has read. */
  @GET
  public void stream(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SseEventSink sink,
      @Context Sse sse) {
    Parameters parameters = Parameters.of(uri, "cursor");
    Optional<MetricsPlace> asked =
        Parameters.lastEventId(headers)
            .map(MetricsPlace::back)
            .or(() -> parameters.position("cursor").map(MetricsPlace::of));
    RunDirectory run = runs.run(id);
    // Now, as nothing may fall between the headers and what is sent.
    MetricsPlace told = asked.orElseGet(() -> MetricsPlace.of(runs.series(run).position()));
    streams.open(
        ClientAddress.of(request, headers.getRequestHeaders(), settings),
        sink,
        sse,
        wake -> new MetricsSource(live.join(run, told, wake), new Events(sse), text));
  }

  /** Answers as GET does, without a stream. */
  @HEAD
  public Response head(@PathParam("run_id") String id) {
    RunDirectory unusedRun = runs.run(id);
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
  }
}
