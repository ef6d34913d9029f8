package org.runmetrics.web.stream;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.runmetrics.web.query.Parameters;

/**
 * The list of runs, as it changes: all answers but the stream itself.
 *
 * <p>The path hides the detail of a run that is called {@code stream}, and nothing else of it.
 */
@Singleton
@Path("runs/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
public class RunsStreamResource {

  /** Says what is wrong, as {@link StreamFilter} has not answered. */
  @GET
  public Response stream(@Context UriInfo uri) {
    Parameters.none(uri);
    throw new NotAcceptableException();
  }

  /** Answers as GET does, without a stream. */
  @HEAD
  public Response head(@Context UriInfo uri) {
    Parameters.none(uri);
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
  }
}
