package org.runmetrics.ws;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.runmetrics.push.Client;

/**
 * The log of a run; one instance for each connection.
 *
 * <p>The container reports here; {@link LogClients} decides what a client gets. Containers may
 * report the end of a connection while its start is still being handled, so both lock.
 */
@ServerEndpoint(
    value = "/api/runs/{run_id}/logs/ws",
    subprotocols = {Subprotocol.V2_NAME, Subprotocol.V1_NAME},
    configurator = LogConfigurator.class)
public class LogSocket {
  private static final Logger LOGGER = System.getLogger(LogSocket.class.getName());

  private final LogClients clients;

  /** Guarded by this, like all below. */
  private Optional<SessionOutlet> outlet = Optional.empty();

  private Optional<Client<String>> client = Optional.empty();
  private boolean closed;

  /**
   * Belongs to the clients of the application; the API asks for a constructor without arguments.
   */
  public LogSocket() {
    this(LogConfigurator.clients());
  }

  private LogSocket(LogClients clients) {
    this.clients = clients;
  }

  /** Starts to send the log, or says why not and closes the socket. */
  @OnOpen
  public synchronized void open(Session session) {
    if (closed) {
      return;
    }
    // A quiet log is no idle client: pings show whether there is one.
    session.setMaxIdleTimeout(0);
    SessionOutlet opened = new SessionOutlet(session);
    outlet = Optional.of(opened);
    Subprotocol subprotocol = Subprotocol.of(session.getNegotiatedSubprotocol());
    client = clients.open(Handshake.of(session), subprotocol, opened);
  }

  /** Takes the answer to a ping. */
  @OnMessage
  public synchronized void hear(PongMessage answer) {
    client.ifPresent(Client::heard);
  }

  /** Passes over what a client says, piece by piece so that none is kept. */
  @OnMessage
  public void ignore(String part, boolean last) {}

  /** Passes over what a client says, piece by piece so that none is kept. */
  @OnMessage
  public void ignore(ByteBuffer part, boolean last) {}

  /** Gives back all that the connection held. */
  @OnClose
  public synchronized void close() {
    closed = true;
    outlet.ifPresent(SessionOutlet::end);
    client.ifPresent(Client::gone);
  }

  /** Ends a connection that failed; clients that vanish are no event worth a warning. */
  @OnError
  public void fail(Session session, Throwable failure) {
    LOGGER.log(Level.DEBUG, "A log socket failed", failure);
    SessionOutlet.close(session);
    close();
  }
}
