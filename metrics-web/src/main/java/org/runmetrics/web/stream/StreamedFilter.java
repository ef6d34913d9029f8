package org.runmetrics.web.stream;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Keeps whatever is between from holding events back. */
@Provider
@Streamed
public class StreamedFilter implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
    // Nginx and what follows it gather answers unless told otherwise.
    response.getHeaders().putSingle("X-Accel-Buffering", "no");
  }
}
