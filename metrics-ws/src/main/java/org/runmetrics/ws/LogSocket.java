package org.runmetrics.ws;

import jakarta.websocket.CloseReason.CloseCodes;
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
import org.runmetrics.run.RunDirectory;

/**
 * The log of a run, a message a line; one instance for each connection.
 *
 * <p>Decides whether a client gets the log at all; {@link LogSession} sends it. Containers may
 * report the end of a connection while its start is still being handled, so both lock.
 */
@ServerEndpoint(
    value = "/api/runs/{run_id}/logs/ws",
    subprotocols = Message.SUBPROTOCOL,
    configurator = LogConfigurator.class)
public class LogSocket {
  private static final Logger LOGGER = System.getLogger(LogSocket.class.getName());

  private final LogSessions sessions;

  /** The client that this socket counts for, while it does. */
  private Optional<String> client = Optional.empty();

  private Optional<LogSession> log = Optional.empty();
  private boolean closed;

  /** Belongs to the given sessions. */
  public LogSocket(LogSessions sessions) {
    this.sessions = sessions;
  }

  /** Starts to send the log, or says why not and closes the socket. */
  @OnOpen
  public synchronized void open(Session session) {
    if (closed) {
      return;
    }
    session.setMaxIdleTimeout(0);
    Handshake handshake = Handshake.of(session);
    String address = sessions.client(handshake);
    if (!sessions.limit().enter(address)) {
      String reason = "At most " + sessions.limit().perClient() + " log sockets for each client";
      Sender.close(session, CloseCodes.TRY_AGAIN_LATER, reason);
      return;
    }
    client = Optional.of(address);
    start(session, handshake);
  }

  /** Takes the answer to a ping. */
  @OnMessage
  public synchronized void hear(PongMessage answer) {
    log.ifPresent(LogSession::hear);
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
    log.ifPresent(LogSession::close);
    log = Optional.empty();
    leave();
  }

  /** Ends a connection that failed; clients that vanish are no event worth a warning. */
  @OnError
  public void fail(Session session, Throwable failure) {
    LOGGER.log(Level.DEBUG, "A log socket failed", failure);
    Sender.close(session, CloseCodes.UNEXPECTED_CONDITION, "Failed");
    close();
  }

  /** Counts for the client no longer: a refused socket need not wait for its end. */
  private void leave() {
    client.ifPresent(sessions.limit()::leave);
    client = Optional.empty();
  }

  private void start(Session session, Handshake handshake) {
    LogQuery query;
    try {
      query = LogQuery.parse(handshake.query());
    } catch (IllegalArgumentException refused) {
      refuse(session, String.valueOf(refused.getMessage()), "Bad parameter");
      return;
    }
    String id = RequestedRun.id(handshake.address());
    Optional<RunDirectory> run = sessions.find(id);
    if (run.isEmpty()) {
      refuse(session, "Run not found: " + id, "Run not found");
      return;
    }
    log = Optional.of(sessions.start(session, run.get(), query, ended -> close()));
  }

  private void refuse(Session session, String text, String reason) {
    leave();
    String message = Message.error(text).in(session.getNegotiatedSubprotocol());
    session
        .getAsyncRemote()
        .sendText(message, result -> Sender.close(session, CloseCodes.VIOLATED_POLICY, reason));
  }
}
