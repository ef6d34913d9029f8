package org.runmetrics.web.operation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.runmetrics.cache.CacheStatistics;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.Viewers;

/** What the cache of series has done. */
@Singleton
@Path("metrics/cache/stats")
@Produces(MediaType.APPLICATION_JSON)
public class CacheResource {
  @Inject SeriesCache cache;

  /** Returns the counters since the start; {@link CacheStatistics} says what they count. */
  @GET
  public JsonObject statistics(@Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters.none(uri);
    Viewers.checkSeesAll(request);
    CacheStatistics statistics = cache.statistics();
    return Json.createObjectBuilder()
        .add("hits", statistics.hits())
        .add("misses", statistics.loads())
        .add("incremental_updates", statistics.updates())
        .add("hit_rate", statistics.hitRate())
        .add("bytes_read", statistics.bytesRead())
        .add("lines_read", statistics.linesRead())
        .add("size", statistics.heap().entries())
        .add("max_size", statistics.heap().maxEntries())
        .add("segment_reloads", statistics.segmentReloads())
        .add("heap_bytes", statistics.heap().bytes())
        .add("max_heap_bytes", statistics.heap().maxBytes())
        .add("offheap_bytes", statistics.offheap().bytes())
        .add("max_offheap_bytes", statistics.offheap().maxBytes())
        .add("disk_bytes", statistics.disk().bytes())
        .add("max_disk_bytes", statistics.disk().maxBytes())
        .build();
  }
}
