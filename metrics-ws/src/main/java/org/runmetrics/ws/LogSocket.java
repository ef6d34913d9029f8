package org.runmetrics.ws;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.util.Optional;
import org.runmetrics.frame.FrameReader;
import org.runmetrics.frame.Goodbye;

/**
 * The connection of one client, as the container reports on it.
 *
 * <p>The container calls one method at a time, some of them on threads that serve many connections,
 * so none waits for anything; the work is done by the {@link LogSession}.
 */
public class LogSocket implements HttpUpgradeHandler, ReadListener, WriteListener {
  private static final Logger LOGGER = System.getLogger(LogSocket.class.getName());

  /** Clients send little more than pongs. */
  private static final int READ_BYTES = 1024;

  private final FrameReader frames = new FrameReader();

  /** Who serves the connection, and what was asked for; known before there is one. */
  private volatile Optional<LogSessions> sessions = Optional.empty();

  private volatile Optional<Handshake> handshake = Optional.empty();

  private volatile Optional<LogSession> session = Optional.empty();
  private volatile Optional<ServletInputStream> input = Optional.empty();

  /** For the container. */
  public LogSocket() {}

  /** Says what to serve once there is a connection. */
  void prepare(LogSessions by, Handshake request) {
    sessions = Optional.of(by);
    handshake = Optional.of(request);
  }

  @Override
  public void init(WebConnection connection) {
    try {
      session = Optional.of(sessions.orElseThrow().open(connection, handshake.orElseThrow()));
      input = Optional.of(connection.getInputStream());
      connection.getInputStream().setReadListener(this);
      connection.getOutputStream().setWriteListener(this);
    } catch (IOException | RuntimeException gone) {
      onError(gone);
    }
  }

  @Override
  public void onWritePossible() {
    session.ifPresent(LogSession::goOn);
  }

  @Override
  public void onDataAvailable() throws IOException {
    if (input.isPresent() && session.isPresent()) {
      read(input.get(), session.get());
    }
  }

  /** The client has hung up, with or without a goodbye. */
  @Override
  public void onAllDataRead() {
    session.ifPresent(LogSession::end);
  }

  /** Clients that vanish are no event worth a warning. */
  @Override
  public void onError(Throwable failure) {
    LOGGER.log(Level.DEBUG, "A log socket failed", failure);
    session.ifPresent(LogSession::end);
  }

  /** The container uses the connection for something else, or for nothing. */
  @Override
  public void destroy() {
    session.ifPresent(LogSession::end);
  }

  private void read(ServletInputStream in, LogSession reader) throws IOException {
    byte[] bytes = new byte[READ_BYTES];
    while (in.isReady()) {
      int length = in.read(bytes);
      if (length < 0) {
        reader.end();
        return;
      }
      try {
        frames.read(bytes, length).forEach(reader::hear);
      } catch (ProtocolException malformed) {
        reader.close(Goodbye.malformed(String.valueOf(malformed.getMessage())));
      }
    }
  }
}
