package org.runmetrics.web;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.runmetrics.settings.AllowedOrigins;
import org.runmetrics.settings.Settings;

/**
 * Lets pages of other origins read answers, headers included: all from a server on the user's own
 * machine, else those of the setting.
 */
@Provider
@PreMatching
public class CrossOriginFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String EXPOSED =
      "ETag, Content-Disposition, X-Cursor, X-Reset, "
          + "X-Row-Count, X-Total-Count, X-Last-Step, X-Skipped-Lines, "
          + "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, Deprecation";

  /** What clients may ask with; a page of another origin has to ask for some of these first. */
  private static final String ACCEPTED =
      "Accept, Accept-Language, Cache-Control, Content-Type, If-None-Match, Last-Event-ID";

  private static final String ORIGIN = "Origin";

  private static final int MAX_AGE_SECONDS = 600;

  @Inject Settings settings;

  @Context private HttpServletRequest servletRequest;

  /** Answers a browser that asks what it may send. */
  @Override
  public void filter(ContainerRequestContext request) {
    boolean preflight =
        request.getMethod().equals(HttpMethod.OPTIONS)
            && request.getHeaderString("Access-Control-Request-Method") != null;
    if (preflight && allowed(request).isPresent()) {
      request.abortWith(
          Response.noContent()
              .header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
              .header("Access-Control-Allow-Headers", ACCEPTED)
              .header("Access-Control-Max-Age", MAX_AGE_SECONDS)
              .build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    if (!settings.origins().allowsAll(servletRequest.getLocalAddr())) {
      headers.add(HttpHeaders.VARY, ORIGIN);
    }
    allowed(request)
        .ifPresent(
            origin -> {
              headers.putSingle("Access-Control-Allow-Origin", origin);
              headers.putSingle("Access-Control-Expose-Headers", EXPOSED);
            });
  }

  /** Returns whose pages may read the answer: of all origins, or of the one that asks. */
  private Optional<String> allowed(ContainerRequestContext request) {
    AllowedOrigins origins = settings.origins();
    if (origins.allowsAll(servletRequest.getLocalAddr())) {
      return Optional.of("*");
    }
    String host = Optional.ofNullable(request.getHeaderString(HttpHeaders.HOST)).orElse("");
    return Optional.ofNullable(request.getHeaderString(ORIGIN))
        .filter(origin -> origins.allows(origin, host, servletRequest.getLocalAddr()));
  }
}
