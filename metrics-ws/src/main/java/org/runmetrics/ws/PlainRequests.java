package org.runmetrics.ws;

import jakarta.json.spi.JsonProvider;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;

/** Answers those who ask for a log as for a page: only containers' own answers take their time. */
@WebFilter(urlPatterns = "/api/runs/*", asyncSupported = true)
public class PlainRequests implements Filter {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int UPGRADE_REQUIRED = 426;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer
        && RequestedRun.id(asked.getRequestURI()).isPresent()
        && !asksForSocket(asked)) {
      refuse(answer);
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * Returns whether a request is a handshake; servers answer one that is not with all kinds of
   * errors.
   */
  private static boolean asksForSocket(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && has(request, "Upgrade", "websocket")
        && has(request, "Connection", "upgrade")
        && has(request, "Sec-WebSocket-Version", "13")
        && request.getHeader("Sec-WebSocket-Key") != null;
  }

  private static boolean has(HttpServletRequest request, String header, String value) {
    return Collections.list(request.getHeaders(header)).stream()
        .flatMap(values -> Stream.of(values.split(",")))
        .anyMatch(one -> one.strip().equalsIgnoreCase(value));
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    byte[] body =
        JSON.createObjectBuilder()
            .add("detail", "Logs are sent over WebSocket, version 13")
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    response.setHeader("Upgrade", "websocket");
    // With the first header Payara leaves out the length, and only the end of the connection ends
    // the answer.
    response.setHeader("Connection", "close");
    response.setHeader("Sec-WebSocket-Version", "13");
    response.setStatus(UPGRADE_REQUIRED);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
