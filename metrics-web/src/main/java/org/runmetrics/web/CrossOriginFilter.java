package org.runmetrics.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
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
public class CrossOriginFilter implements ContainerResponseFilter {
  private static final String EXPOSED =
      "X-Row-Count, X-Total-Count, X-Last-Step, X-Skipped-Lines, "
          + "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, Deprecation";

  @Context private HttpServletRequest servletRequest;

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
