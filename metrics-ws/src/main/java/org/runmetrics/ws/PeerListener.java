package org.runmetrics.ws;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Optional;

/**
 * Remembers the peer's address while a thread serves a request.
 *
 * <p>WebSocket has no way to ask for it. A handshake is a request, and {@link LogConfigurator} runs
 * on its thread.
 */
@WebListener
public class PeerListener implements ServletRequestListener {
  private static final ThreadLocal<String> ADDRESS = new ThreadLocal<>();

  /** Returns the peer of the request that this thread serves. */
  static Optional<String> current() {
    return Optional.ofNullable(ADDRESS.get());
  }

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    ADDRESS.set(event.getServletRequest().getRemoteAddr());
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    ADDRESS.remove();
  }
}
