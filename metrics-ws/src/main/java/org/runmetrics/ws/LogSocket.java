package org.runmetrics.ws;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.runmetrics.frame.FrameReader;

/**
 * The connection of one client, as the container reports on it.
 *
 * <p>The container's threads serve many connections, so the work is done by the {@link LogSession}.
 * What is read is read here: Undertow's input is not to be used by other threads. Undertow does not
 * call {@link #destroy}.
 */
public class LogSocket implements HttpUpgradeHandler, ReadListener, WriteListener {
  private static final Logger LOGGER = System.getLogger(LogSocket.class.getName());

  /** Clients send little more than pongs. */
  private static final int READ_BYTES = 1024;

  private final FrameReader frames = new FrameReader();
  private final AtomicInteger failures = new AtomicInteger();

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
    } catch (IOException | RuntimeException failure) {
      LOGGER.log(Level.DEBUG, "A log socket cannot be served", failure);
      if (session.isPresent()) {
        session.get().end();
      } else {
        close(connection);
      }
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

  /**
   * Ends the session; clients that vanish are no event worth a warning.
   *
   * @throws HungUp when called again: Undertow goes on to write what a client left that hung up,
   *     and reports each failure, for ever, until something is thrown at it
   */
  @Override
  public void onError(Throwable failure) {
    LOGGER.log(Level.DEBUG, "A log socket failed", failure);
    session.ifPresent(LogSession::end);
    if (failures.incrementAndGet() > 1) {
      throw new HungUp();
    }
  }

  /** The container uses the connection for something else, or for nothing. */
  @Override
  public void destroy() {
    session.ifPresent(LogSession::end);
  }

  private void read(ServletInputStream in, LogSession reader) throws IOException {
    byte[] bytes = new byte[READ_BYTES];
    while (in.isReady() && !reader.isEnded()) {
      int length = in.read(bytes);
      if (length < 0) {
        reader.end();
        return;
      }
      frames.read(bytes, length).forEach(reader::hear);
    }
  }

  private static void close(WebConnection connection) {
    try {
      connection.close();
    } catch (Exception closedAlready) {
      LOGGER.log(Level.DEBUG, "Cannot close a connection", closedAlready);
    }
  }

  /** Is logged by Undertow; where it comes from tells nothing. */
  private static final class HungUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    HungUp() {
      super("The client has hung up", null, false, false);
    }
  }
}
