package org.runmetrics.ws;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Optional;

/** Makes a {@link LogSocket} for each connection and hands it what only the handshake knows. */
public class LogConfigurator extends ServerEndpointConfig.Configurator {

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    Handshake.of(request).leaveIn(config.getUserProperties());
  }

  /** Answers 403 to pages that may not read; clients other than browsers tell no origin. */
  @Override
  public boolean checkOrigin(String origin) {
    Peer peer = PeerListener.current().orElse(Peer.UNKNOWN);
    return Optional.ofNullable(origin)
        .map(page -> sessions().origins().allows(page, peer.host(), peer.local()))
        .orElse(true);
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpointClass) {
    // Containers differ in whether they inject into endpoints; all of them ask here.
    return endpointClass.cast(new LogSocket(sessions()));
  }

  private static LogSessions sessions() {
    return CDI.current().select(LogSessions.class).get();
  }
}
