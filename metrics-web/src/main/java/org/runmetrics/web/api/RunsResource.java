package org.runmetrics.web.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.web.answer.RunList;
import org.runmetrics.web.query.Parameters;

/** The list of runs. */
@Singleton
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {
  @Inject RunCatalog catalog;

  /** The last answer, from which the next is made. */
  private volatile RunList last = RunList.EMPTY;

  /** Lists all runs in the order of their paths. */
  @GET
  public byte[] list(@Context UriInfo uri) {
    Parameters.none(uri);
    RunList runs = last.with(catalog.runs());
    last = runs;
    return runs.bytes();
  }
}
