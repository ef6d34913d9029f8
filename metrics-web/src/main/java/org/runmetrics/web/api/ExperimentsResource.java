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
import org.runmetrics.web.answer.ExperimentJson;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.ExperimentsQuery;
import org.runmetrics.web.query.Viewers;

/** The runs as the V2 API lists them: filtered, ordered, page by page. */
@Singleton
@Path("v2/experiments")
@Produces(MediaType.APPLICATION_JSON)
public class ExperimentsResource {
  @Inject Deliveries deliveries;
  @Inject Viewers viewers;

  /** Lists a page of the runs; {@link ExperimentsQuery} says which. */
  @GET
  public void list(
      @Context UriInfo uri, @Context HttpServletRequest request, @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> page(uri, request));
  }

  private Response page(UriInfo uri, HttpServletRequest request) {
    long start = System.nanoTime();
    ExperimentsQuery query = ExperimentsQuery.of(uri);
    byte[] page = query.answer(viewers.runs(request));
    return Revision.ofText(page)
        .weak()
        .answer(request, () -> Response.ok(ExperimentJson.timed(page, System.nanoTime() - start)))
        .build();
  }
}
