package org.runmetrics.web.operation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.runmetrics.web.query.Parameters;

/** Whether the server is well; cheap enough to ask every second. */
@Singleton
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
  private static final String STATUS = "status";

  /** Looked up once: the API searches the class path each time. */
  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

  @Inject Readiness readiness;

  /** Tells {@code ok}, or {@code degraded} while the storage root cannot be read. */
  @GET
  public JsonObject health(@Context UriInfo uri) {
    Parameters.none(uri);
    boolean readable = readiness.isStorageReadable();
    return JSON.createObjectBuilder()
        .add(STATUS, readable ? "ok" : "degraded")
        .add("storage", storage(readable))
        .add("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0)
        .build();
  }

  /** Tells that the application answers: a server that does not is to be started anew. */
  @GET
  @Path("live")
  public JsonObject live(@Context UriInfo uri) {
    Parameters.none(uri);
    return up().build();
  }

  /** Tells that the application has started, which it has when it answers. */
  @GET
  @Path("started")
  public JsonObject started(@Context UriInfo uri) {
    return live(uri);
  }

  /**
   * Tells whether requests are to be sent here: 503 while the storage root cannot be read, while no
   * tier of the cache can be used, and from when the server is asked to stop.
   */
  @GET
  @Path("ready")
  public Response ready(@Context UriInfo uri) {
    Parameters.none(uri);
    readiness.probed();
    boolean stops = readiness.isStopping();
    boolean readable = readiness.isStorageReadable();
    boolean cached = readiness.isCacheUsable();
    boolean ready = !stops && readable && cached;
    return Response.status(ready ? Status.OK : Status.SERVICE_UNAVAILABLE)
        .entity(
            (ready ? up() : JSON.createObjectBuilder().add(STATUS, stops ? "stopping" : "down"))
                .add("storage", storage(readable))
                .add("cache", cached ? "usable" : "unusable")
                .build())
        .build();
  }

  private static JsonObjectBuilder up() {
    return JSON.createObjectBuilder().add(STATUS, "up");
  }

  private static String storage(boolean readable) {
    return readable ? "readable" : "unreadable";
  }
}
