package org.runmetrics.web.http;

import jakarta.annotation.Priority;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Answers HEAD with the headers of GET, without writing rows that nobody gets.
 *
 * <p>Servers run the method of GET, write all that it returns, and throw it away.
 */
@Provider
@Priority(Priorities.ENTITY_CODER - 200)
public class HeadInterceptor implements WriterInterceptor {
  /** More than Jersey, Grizzly and Undertow keep in their buffers. */
  private static final int HELD_BACK_BYTES = 64 << 10;

  @Context private HttpServletRequest servletRequest;
  @Context private HttpServletResponse servletResponse;

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (!servletRequest.getMethod().equals(HttpMethod.HEAD) || isAtHand(context.getEntity())) {
      context.proceed();
    } else {
      // A server that sees the end while it holds the headers back tells what was written as the
      // length of GET's answer, which would be wrong: RFC 9110, 8.6. This goes nowhere.
      context.getOutputStream().write(new byte[HELD_BACK_BYTES]);
      context.getOutputStream().flush();
      servletResponse.flushBuffer();
    }
  }

  /** What is in memory anyway is written, as its length is a header too. */
  private static boolean isAtHand(Object entity) {
    return entity instanceof byte[] || entity instanceof JsonValue;
  }
}
