package org.runmetrics.web.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.runmetrics.live.LiveRuns;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.http.ClientAddress;
import org.runmetrics.web.query.Parameters;

/**
 * The list of runs, as it changes.
 *
 * <p>The path hides the detail of a run that is called {@code stream}, and nothing else of it.
 */
@Singleton
@Path("runs/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Streamed
public class RunsStreamResource {
  @Inject LiveRuns live;
  @Inject EventStreams streams;
  @Inject Settings settings;

  @Context private HttpServletRequest request;

  /** Sends each run that appears, says something else or goes, from now on. */
  @GET
  public void stream(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SseEventSink sink,
      @Context Sse sse) {
    Parameters.none(uri);
    streams.open(
        ClientAddress.of(request, headers.getRequestHeaders(), settings),
        sink,
        sse,
        wake -> new RunsSource(live.join(wake), new Events(sse)));
  }

  /** Answers as GET does, without a stream. */
  @HEAD
  public Response head() {
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
  }
}
