package org.runmetrics.web.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.web.query.Parameters;

/** Whether the server is well; cheap enough to ask every second. */
@Singleton
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
  /** Looked up once: the API searches the class path each time. */
  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

  @Inject RunCatalog catalog;

  /** Tells {@code ok}, or {@code degraded} while the storage root cannot be read. */
  @GET
  public JsonObject health(@Context UriInfo uri) {
    Parameters.none(uri);
    boolean readable = catalog.isReadable();
    return JSON.createObjectBuilder()
        .add("status", readable ? "ok" : "degraded")
        .add("storage", readable ? "readable" : "unreadable")
        .add("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0)
        .build();
  }
}
