package org.runmetrics.ws;

import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.access.Credentials;

/**
 * The request that opened a socket.
 *
 * @param peer where it came from
 * @param credentials by what it says who sent it
 * @param address what the client asked for, still encoded; a session's own address may not be
 * @param query the raw query, empty if there is none
 */
record Handshake(Peer peer, Credentials credentials, URI address, String query) {
  private static final String PROPERTY = Handshake.class.getName();

  /** Takes what is known on the thread of a handshake. */
  static Handshake of(HandshakeRequest request, LogClients clients) {
    Peer peer = PeerListener.current();
    return new Handshake(
        peer,
        clients.credentials(
            peer,
            headers(request, "Origin"),
            headers(request, "Authorization"),
            headers(request, "Cookie")),
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

  private static List<String> headers(HandshakeRequest request, String name) {
    return request.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }
}
