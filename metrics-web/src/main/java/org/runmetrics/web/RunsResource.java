package org.runmetrics.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.runmetrics.run.RunCatalog;

/** The list of runs. */
@Singleton
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {
  @Inject RunCatalog catalog;

  /** Lists all runs in the order of their paths. */
  @GET
  public JsonArray list() {
    JsonArrayBuilder runs = Json.createArrayBuilder();
    catalog.runs().stream().map(RunJson::of).forEach(runs::add);
    return runs.build();
  }
}
