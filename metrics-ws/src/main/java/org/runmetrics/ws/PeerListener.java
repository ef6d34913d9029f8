package org.runmetrics.ws;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import org.runmetrics.settings.Forwarding;

/**
 * Remembers the connection by which a request comes while a thread serves it.
 *
 * <p>A handshake is a request, and {@link LogConfigurator} runs on its thread.
 */
@WebListener
public class PeerListener implements ServletRequestListener {
  private static final ThreadLocal<Peer> CURRENT = new ThreadLocal<>();

  /** Returns the peer of the request that this thread serves. */
  static Peer current() {
    return Optional.ofNullable(CURRENT.get()).orElse(Peer.UNKNOWN);
  }

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    if (event.getServletRequest() instanceof HttpServletRequest request) {
      CURRENT.set(
          new Peer(
              request.getRemoteAddr(),
              request.getLocalAddr(),
              request.isSecure(),
              Collections.list(request.getHeaders("Host")),
              Forwarding.of(name -> Collections.list(request.getHeaders(name))),
              request.getServerPort()));
    }
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    CURRENT.remove();
  }
}
