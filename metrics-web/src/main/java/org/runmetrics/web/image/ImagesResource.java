package org.runmetrics.web.image;

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
import org.runmetrics.image.Images;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.series.Series;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.RecentAnswers;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.ImagesQuery;
import org.runmetrics.web.query.RequestedRuns;
import org.runmetrics.web.query.Viewers;

/** The images that a run logged. */
@Singleton
@Path("runs/{run_id}/images")
@Produces(MediaType.APPLICATION_JSON)
public class ImagesResource {
  @Inject Viewers viewers;
  @Inject Deliveries deliveries;
  @Inject RecentAnswers recent;

  /** Lists the images, in the order in which they were logged. */
  @GET
  public void images(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> list(id, uri, request));
  }

  private Response list(String id, UriInfo uri, HttpServletRequest request) {
    ImagesQuery query = ImagesQuery.of(uri);
    RequestedRuns runs = viewers.runs(request);
    RunDirectory run = runs.run(id);
    Series series = runs.series(run);
    String media = uri.getBaseUri().getRawPath() + "runs/" + ImagesAnswer.encode(id) + "/media/";
    Revision revision = Revision.of("images", media, series.position(), query);
    ImagesAnswer answer = new ImagesAnswer(Images.of(run, series), query, media);
    return revision.answer(request, () -> recent.get(revision, () -> Response.ok(answer))).build();
  }
}
