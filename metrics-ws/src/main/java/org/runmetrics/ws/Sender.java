package org.runmetrics.ws;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands messages to the container, one at a time, and notices when the client is gone or stuck.
 *
 * <p>The next message is handed over once the container reports that this one is written, because
 * the containers' own queues have no bound; none of them batches. Safe for use by several threads;
 * {@link #send} is called by one at a time.
 */
final class Sender {
  private static final Logger LOGGER = System.getLogger(Sender.class.getName());

  /** The longest wait for another thread to hand over a message, which is to take no time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final Session session;

  /** Longest time for one message to be taken. */
  private final Duration patience;

  /** Asks for the next message. */
  private final Runnable whenSent;

  /** Held while a message is handed to the container. */
  private final ReentrantLock handing = new ReentrantLock();

  private volatile boolean sending;
  private volatile boolean closed;

  /** When the message on its way was handed over. */
  private volatile long sendingSince;

  /** Whether the client said or took anything since the last ping. */
  private volatile boolean heard = true;

  /** Whether the ping before the last was not answered either; used by pings only. */
  private boolean doubted;

  Sender(Session session, Duration patience, Runnable whenSent) {
    this.session = session;
    this.patience = patience;
    this.whenSent = whenSent;
  }

  /** Tells whether a message is on its way. */
  boolean isSending() {
    return sending;
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes note that the client is there. */
  void hear() {
    heard = true;
  }

  /** Hands over a message; nothing happens if the socket has ended. */
  void send(Message message) {
    // Of the return and the completion, whichever comes second goes on: a completion within the
    // call must not send the next message from there, or a long log would exhaust the stack.
    AtomicBoolean oneIsDone = new AtomicBoolean();
    handing.lock();
    try {
      if (closed) {
        return;
      }
      sendingSince = System.nanoTime();
      sending = true;
      session
          .getAsyncRemote()
          .sendText(
              message.in(session.getNegotiatedSubprotocol()),
              result -> {
                if (result.isOK()) {
                  hear();
                } else {
                  close(CloseCodes.GOING_AWAY, "Not sent");
                }
                if (oneIsDone.getAndSet(true)) {
                  sending = false;
                  whenSent.run();
                }
              });
    } catch (RuntimeException gone) {
      // The client has just left.
      LOGGER.log(Level.DEBUG, "Cannot send to a client", gone);
      close(CloseCodes.GOING_AWAY, "Not sent");
    } finally {
      handing.unlock();
    }
    if (oneIsDone.getAndSet(true)) {
      sending = false;
    }
  }

  /**
   * Keeps proxies from closing a quiet connection, and ends one whose client is gone or stuck: of
   * some that vanish, Payara never tells. Never fails.
   */
  void ping() {
    if (sending) {
      if (System.nanoTime() - sendingSince > patience.toNanos()) {
        close(
            CloseCodes.TRY_AGAIN_LATER,
            "Nothing was read for " + Math.max(1, patience.toSeconds()) + " s");
      }
      return;
    }
    if (!heard && doubted) {
      close(CloseCodes.GOING_AWAY, "No answer");
      return;
    }
    doubted = !heard;
    heard = false;
    if (!handing.tryLock()) {
      return;
    }
    try {
      if (!closed) {
        session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
      }
    } catch (IOException | RuntimeException gone) {
      LOGGER.log(Level.DEBUG, "Cannot ping a client", gone);
      close(CloseCodes.GOING_AWAY, "No answer");
    } finally {
      handing.unlock();
    }
  }

  /** Closes the socket. */
  void close(CloseCode code, String reason) {
    close(session, code, reason);
    close();
  }

  /**
   * Sends nothing more, as the socket has ended.
   *
   * <p>Waits for a message that is just being handed to the container: once a socket has ended,
   * Payara uses its output for other requests, and a late write would end up there. The wait has an
   * end in case the container holds what the other thread needs.
   */
  void close() {
    closed = true;
    try {
      if (handing.tryLock(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        handing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    whenSent.run();
  }

  /** Closes a socket that may be closed already; containers agree on no exception then. */
  static void close(Session session, CloseCode code, String reason) {
    try {
      session.close(new CloseReason(code, reason));
    } catch (IOException | RuntimeException closedAlready) {
      LOGGER.log(Level.DEBUG, "Cannot close a socket", closedAlready);
    }
  }
}
