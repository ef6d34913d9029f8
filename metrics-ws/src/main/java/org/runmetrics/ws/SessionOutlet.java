package org.runmetrics.ws;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.runmetrics.push.Ending;
import org.runmetrics.push.Outlet;

/**
 * A WebSocket session as a way to a client.
 *
 * <p>The containers' own queues have no bound and their timeouts do not count, so one message is
 * handed over at a time, and the container reports when it is written.
 */
final class SessionOutlet implements Outlet<String> {
  private static final Logger LOGGER = System.getLogger(SessionOutlet.class.getName());

  /** The longest wait for another thread to hand over a message, which is to take no time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final Session session;

  /** Held while something is handed to the container. */
  private final ReentrantLock handing = new ReentrantLock();

  private volatile boolean ended;

  SessionOutlet(Session session) {
    this.session = session;
  }

  @Override
  public void send(String message, Consumer<Optional<Throwable>> taken) {
    hand(
        () ->
            session
                .getAsyncRemote()
                .sendText(
                    message,
                    result ->
                        taken.accept(
                            result.isOK()
                                ? Optional.empty()
                                : Optional.of(
                                    Optional.ofNullable(result.getException())
                                        .orElseGet(() -> new IOException("Not sent"))))));
  }

  @Override
  public void ping(Consumer<Optional<Throwable>> taken) {
    hand(
        () -> {
          try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    taken.accept(Optional.empty());
  }

  @Override
  public boolean isAnswered() {
    return true;
  }

  @Override
  public void close(Ending ending) {
    close(session, new CloseReason(code(ending.why()), ending.text()));
  }

  /**
   * Ends the session, as far as the standard lets a server do that.
   *
   * <p>Payara reports no end of a session whose client left while something was written, and keeps
   * it and its endpoint until it is closed here.
   */
  @Override
  public void cut() {
    if (!ended) {
      end();
      close(session);
    }
  }

  /**
   * Hands over nothing more, as the connection has ended.
   *
   * <p>Waits for what is just being handed over: once a connection has ended, Payara uses its
   * output for other requests, and a late write would end up there. The wait has an end in case the
   * container holds what the other thread needs.
   */
  void end() {
    ended = true;
    try {
      if (handing.tryLock(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        handing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes a session that may be closed already; containers agree on no exception then. */
  static void close(Session session) {
    close(session, new CloseReason(CloseCodes.GOING_AWAY, "No answer"));
  }

  private static void close(Session session, CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException | RuntimeException closedAlready) {
      LOGGER.log(Level.DEBUG, "Cannot close a socket", closedAlready);
    }
  }

  private void hand(Runnable message) {
    handing.lock();
    try {
      if (ended) {
        throw new IllegalStateException("The connection has ended");
      }
      withoutClassPath(message);
    } finally {
      handing.unlock();
    }
  }

  /**
   * Does some work of the container on a thread without a class path.
   *
   * <p>Payara renews a session's idle timeout with each message, also where there is none, and for
   * that searches the class path of the thread for extensions, which takes ten times as long as
   * sending. Nothing that is done here looks for classes of the application.
   */
  private static void withoutClassPath(Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  private static CloseCode code(Ending.Why why) {
    return switch (why) {
      case DONE -> CloseCodes.NORMAL_CLOSURE;
      case LEAVING -> CloseCodes.GOING_AWAY;
      case REFUSED -> CloseCodes.VIOLATED_POLICY;
      case LATER -> CloseCodes.TRY_AGAIN_LATER;
      case FAILED -> CloseCodes.UNEXPECTED_CONDITION;
    };
  }
}
