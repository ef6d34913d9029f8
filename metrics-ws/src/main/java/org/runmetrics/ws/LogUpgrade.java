package org.runmetrics.ws;

import jakarta.inject.Inject;
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
import java.util.Optional;
import org.runmetrics.access.ReadRequest;

/**
 * Turns requests for the log of a run into sockets.
 *
 * <p>What becomes of the log is told on the socket, where clients look for it; here only those are
 * refused who ask for no socket, or may not have one.
 */
@WebFilter(urlPatterns = "/api/runs/*", asyncSupported = true)
public class LogUpgrade implements Filter {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int UPGRADE_REQUIRED = 426;

  private final LogSessions sessions;

  /** Opens sockets of the given sessions. */
  @Inject
  public LogUpgrade(LogSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer
        && RequestedRun.id(asked.getRequestURI()).isPresent()) {
      answer(asked, answer);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (!Handshake.isAskedFor(request)) {
      response.setHeader("Upgrade", "websocket");
      response.setHeader("Connection", "Upgrade");
      response.setHeader("Sec-WebSocket-Version", Handshake.VERSION);
      refuse(response, UPGRADE_REQUIRED, "Logs are sent over WebSocket, version 13");
    } else if (!mayRead(request)) {
      refuse(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "This page may not read; the settings metrics.hosts and metrics.origins name what may");
    } else {
      Optional<String> acceptance = Handshake.accept(request);
      if (acceptance.isEmpty()) {
        refuse(
            response,
            HttpServletResponse.SC_BAD_REQUEST,
            "Sec-WebSocket-Key must be 16 bytes in Base64");
      } else {
        upgrade(request, response, acceptance.get());
      }
    }
  }

  private void upgrade(HttpServletRequest request, HttpServletResponse response, String acceptance)
      throws IOException, ServletException {
    Handshake handshake = Handshake.of(request);
    response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Sec-WebSocket-Accept", acceptance);
    if (handshake.json()) {
      response.setHeader("Sec-WebSocket-Protocol", Message.SUBPROTOCOL);
    }
    request.upgrade(LogSocket.class).prepare(sessions, handshake);
  }

  /** Asks the rule of the access filter once more, as this filter may run without it. */
  private boolean mayRead(HttpServletRequest request) {
    return switch (sessions
        .access()
        .verdict(
            ReadRequest.of(
                request.isSecure(),
                Collections.list(request.getHeaders("Host")),
                Collections.list(request.getHeaders("Origin")),
                request.getLocalAddr()))) {
      case WRONG_HOST, WRONG_ORIGIN -> false;
      case NO_ORIGIN, ALLOWED -> true;
    };
  }

  private static void refuse(HttpServletResponse response, int status, String detail)
      throws IOException {
    byte[] body =
        JSON.createObjectBuilder()
            .add("detail", detail)
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
