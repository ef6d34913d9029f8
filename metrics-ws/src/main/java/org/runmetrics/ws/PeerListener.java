package org.runmetrics.ws;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Remembers both ends of the connection while a thread serves a request.
 *
 * <p>WebSocket has no way to ask for them. A handshake is a request, and {@link LogConfigurator}
 * runs on its thread.
 */
@WebListener
public class PeerListener implements ServletRequestListener {
  private static final ThreadLocal<Peer> CURRENT = new ThreadLocal<>();

  /** Returns the peer of the request that this thread serves. */
  static Optional<Peer> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    if (event.getServletRequest() instanceof HttpServletRequest request) {
      String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
      CURRENT.set(new Peer(request.getRemoteAddr(), request.getLocalAddr(), host));
    }
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    CURRENT.remove();
  }
}
