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
    Handshake.of(request, clients()).leaveIn(config.getUserProperties());
  }

  /** Lets a container answer 403 to pages that may not read; others name no origin. */
  @Override
  public boolean checkOrigin(String origin) {
    return clients().mayRead(PeerListener.current(), Optional.ofNullable(origin));
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpointClass) {
    // Containers differ in whether they inject into endpoints; all of them ask here.
    return endpointClass.cast(new LogSocket());
  }

  static LogClients clients() {
    return CDI.current().select(LogClients.class).get();
  }
}
