package org.runmetrics.web.http;

import jakarta.inject.Inject;
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
import org.runmetrics.settings.Settings;

/**
 * Refuses requests beyond a client's limit, and tells every client how many it has left.
 *
 * <p>Whether a client has the answer already is known only when its run was looked at, so such a
 * request is counted where its answer is made: {@link Revision#answer}.
 */
@Provider
@RateLimited
public class RateLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {
  @Inject RateLimiter limiter;
  @Inject Settings settings;

  @Context private HttpServletRequest servletRequest;
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!limiter.isEnabled()) {
      return;
    }
    String client = ClientAddress.of(servletRequest, settings);
    RateLimiter.Allowance allowance =
        limiter.allowance(client, resource.getResourceMethod().getName());
    allowance.attach(servletRequest);
    if (!request.getHeaders().containsKey(HttpHeaders.IF_NONE_MATCH)) {
      allowance.take().ifPresent(request::abortWith);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    RateLimiter.Allowance.of(servletRequest)
        .ifPresent(
            allowance -> {
              if (response.getStatus() != Status.NOT_MODIFIED.getStatusCode()) {
                var unusedRefusal = allowance.take(); // An error counts, too.
              }
              allowance.describe(response.getHeaders());
            });
  }
}
