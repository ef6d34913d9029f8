package org.runmetrics.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Lets pages of other origins read answers, headers included, from a server on the user's own
 * machine.
 *
 * <p>On any other address only pages of the server itself may.
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

  private static final int MAX_AGE_SECONDS = 600;

  @Context private HttpServletRequest servletRequest;

  /** Answers a browser that asks what it may send. */
  @Override
  public void filter(ContainerRequestContext request) {
    boolean preflight =
        request.getMethod().equals(HttpMethod.OPTIONS)
            && request.getHeaderString("Access-Control-Request-Method") != null;
    if (preflight && isLoopback(servletRequest.getLocalAddr())) {
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
    if (isLoopback(servletRequest.getLocalAddr())) {
      MultivaluedMap<String, Object> headers = response.getHeaders();
      headers.putSingle("Access-Control-Allow-Origin", "*");
      headers.putSingle("Access-Control-Expose-Headers", EXPOSED);
    }
  }

  /** The address is a literal, so no name server is asked. */
  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
