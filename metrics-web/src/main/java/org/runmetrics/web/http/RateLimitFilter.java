package org.runmetrics.web.http;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import org.runmetrics.settings.Settings;

/** Refuses requests beyond a client's limit, and tells every client how many it has left. */
@Provider
@RateLimited
public class RateLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String PROBE = RateLimitFilter.class.getName();

  @Inject RateLimiter limiter;
  @Inject Settings settings;

  @Context private HttpServletRequest servletRequest;
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!limiter.isEnabled()) {
      return;
    }
    String client = ClientAddress.of(servletRequest, request.getHeaders(), settings);
    ConsumptionProbe probe = limiter.take(client, resource.getResourceMethod().getName());
    request.setProperty(PROBE, probe);
    if (!probe.isConsumed()) {
      long wait = seconds(probe.getNanosToWaitForRefill());
      request.abortWith(
          Problem.response(
                  Status.TOO_MANY_REQUESTS,
                  Json.createObjectBuilder()
                      .add("detail", "Rate limit exceeded")
                      .add("retry_after", wait)
                      .build())
              .header(HttpHeaders.RETRY_AFTER, wait)
              .build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(PROBE) instanceof ConsumptionProbe probe) {
      response.getHeaders().putSingle("X-RateLimit-Limit", limiter.requests());
      response.getHeaders().putSingle("X-RateLimit-Remaining", probe.getRemainingTokens());
      response.getHeaders().putSingle("X-RateLimit-Reset", seconds(probe.getNanosToWaitForReset()));
    }
  }

  /** Rounds up, so that a client that waits that long waits long enough. */
  private static long seconds(long nanos) {
    return Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds();
  }
}
