package org.runmetrics.ws;

import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.settings.TrustedProxies;

/**
 * The request that opened a socket.
 *
 * @param peer the address at the other end of the connection
 * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in order
 * @param address what the client asked for, still encoded; a session's own address may not be
 * @param query the raw query, empty if there is none
 */
record Handshake(String peer, List<String> forwardedFor, URI address, String query) {
  private static final String PROPERTY = Handshake.class.getName();

  /** Takes what is known on the thread of a handshake. */
  static Handshake of(HandshakeRequest request) {
    List<String> forwardedFor =
        request.getHeaders().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("X-Forwarded-For"))
            .flatMap(header -> header.getValue().stream())
            .toList();
    return new Handshake(
        PeerListener.current().orElse(Peer.UNKNOWN).address(),
        forwardedFor,
        request.getRequestURI(),
        Optional.ofNullable(request.getQueryString()).orElse(""));
  }

  /** Returns what the handshake of a session left in it. */
  static Handshake of(Session session) {
    if (session.getUserProperties().get(PROPERTY) instanceof Handshake handshake) {
      return handshake;
    }
    throw new IllegalStateException("A session without a handshake");
  }

  /**
   * Leaves this to the session.
   *
   * @param properties the properties of the handshake, which both Tyrus and Undertow copy for each
   *     connection, as WebSocket 2.1 asks for
   */
  void leaveIn(Map<String, Object> properties) {
    properties.put(PROPERTY, this);
  }

  /** Returns the address that limits count by. */
  String client(TrustedProxies proxies) {
    return proxies.client(peer, forwardedFor);
  }
}
