package org.runmetrics.web.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.Viewers;

/** The metrics of a run by step, as they are logged: all answers but the stream itself. */
@Singleton
@Path("runs/{run_id}/metrics_step/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
public class RunStreamResource {
  @Inject Viewers viewers;

  /** Says what is wrong, as {@link StreamFilter} has not answered. */
  @GET
  public Response stream(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request) {
    check(id, uri, headers, request);
    throw new NotAcceptableException();
  }

  /** Answers as GET does, without a stream. */
  @HEAD
  public Response head(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request) {
    check(id, uri, headers, request);
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
  }

  private void check(String id, UriInfo uri, HttpHeaders headers, HttpServletRequest request) {
    StreamStart start = new StreamStart(viewers.runs(request));
    Parameters parameters = Parameters.of(uri, "cursor");
    RunDirectory run = start.run(id);
    MetricsPlace unusedPlace =
        start.place(
            run,
            parameters,
            Optional.ofNullable(headers.getHeaderString(HttpHeaders.LAST_EVENT_ID_HEADER)));
  }
}
