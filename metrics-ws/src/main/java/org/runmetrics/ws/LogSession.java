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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.runmetrics.line.Line;
import org.runmetrics.log.LogListener;
import org.runmetrics.log.LogTails;
import org.runmetrics.run.RunDirectory;

/**
 * The log as one client gets it: first what is there, at the client's pace, then what is written.
 *
 * <p>While it catches up it reads the file with a cursor of its own and holds one block of it; then
 * it joins the shared tail, and lines that the client does not take in time wait in a bounded
 * queue. One message at a time is on its way: the next is sent once the container reports that this
 * one is written, because the containers' own queues have no bound.
 *
 * <p>All work is done by {@link #step}, on a worker and never on two at once. Other threads only
 * change the queue or a flag and call {@link #signal}.
 */
final class LogSession implements LogListener {
  private static final Logger LOGGER = System.getLogger(LogSession.class.getName());

  /** Messages sent in a row before other sessions have their turn. */
  private static final int TURN = 256;

  /** Pause while the tail and this session see different files under one name. */
  private static final Duration DISAGREEMENT = Duration.ofMillis(50);

  /** The longest wait for another thread to hand over a message, which is to take no time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final Session session;
  private final RunDirectory run;
  private final LogTails tails;
  private final LineQueue queue;
  private final Workers workers;
  private final Consumer<LogSession> onRelease;

  /** Calls of {@link #signal} not yet answered by a step; above zero, a step runs or will. */
  private final AtomicInteger signals = new AtomicInteger();

  /** Held while a message is handed to the container. */
  private final ReentrantLock handing = new ReentrantLock();

  private volatile boolean sending;
  private volatile boolean closed;

  /** Whether the client said or took anything since the last ping. */
  private volatile boolean heard = true;

  /** Whether the ping before the last was not answered either; used by pings only. */
  private boolean doubted;

  /** Used by steps only, like what is below. */
  private final CatchUp catchUp;

  private boolean released;

  LogSession(
      Session session,
      RunDirectory run,
      LogQuery query,
      LogTails tails,
      LineQueue queue,
      Workers workers,
      Consumer<LogSession> onRelease) {
    this.session = session;
    this.run = run;
    this.catchUp = new CatchUp(run, query, queue, tails);
    this.tails = tails;
    this.queue = queue;
    this.workers = workers;
    this.onRelease = onRelease;
  }

  /** Asks for a step. */
  void signal() {
    if (signals.getAndIncrement() == 0) {
      workers.run(this::step);
    }
  }

  /**
   * Ends the session's work, after its socket was closed or to close it.
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
    signal();
  }

  /** Closes the socket as well. */
  void close(CloseCode code, String reason) {
    close(session, code, reason);
    close();
  }

  /** Closes a socket that may be closed already; containers agree on no exception then. */
  static void close(Session session, CloseCode code, String reason) {
    try {
      session.close(new CloseReason(code, reason));
    } catch (IOException | RuntimeException closedAlready) {
      LOGGER.log(Level.DEBUG, "Cannot close a socket", closedAlready);
    }
  }

  /** Takes note that the client is there. */
  void hear() {
    heard = true;
  }

  /**
   * Keeps proxies from closing a quiet connection, and ends one whose client is gone: of some that
   * vanish, Payara never tells. Never fails.
   */
  void ping() {
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

  @Override
  public void lines(List<Line> lines) {
    queue.addLive(lines);
    signal();
  }

  @Override
  public void truncated() {
    queue.addTruncation();
    signal();
  }

  private void step() {
    int answered = signals.get();
    boolean again = false;
    try {
      again = send();
    } catch (IOException | RuntimeException failure) {
      LOGGER.log(Level.WARNING, "The log of " + run.id() + " cannot be sent", failure);
      close(CloseCodes.UNEXPECTED_CONDITION, "The log cannot be sent");
    }
    if (again || signals.addAndGet(-answered) != 0) {
      workers.run(this::step);
    }
  }

  /** Sends what it can, and returns true if it stopped only to give others a turn. */
  private boolean send() throws IOException {
    for (int sent = 0; sent < TURN; sent++) {
      if (closed) {
        release();
        return false;
      }
      if (sending) {
        return false;
      }
      if (!catchUp.advance(this)) {
        workers.runAfter(DISAGREEMENT, this::signal);
      }
      Optional<Message> next = queue.take();
      if (next.isEmpty()) {
        return false;
      }
      send(next.get());
    }
    return true;
  }

  private void send(Message message) {
    // Of the return and the completion, whichever comes second goes on: a completion within the
    // call must not send the next message from there, or a long log would exhaust the stack.
    AtomicBoolean oneIsDone = new AtomicBoolean();
    handing.lock();
    try {
      if (closed) {
        return;
      }
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
                  signal();
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

  private void release() {
    if (!released) {
      released = true;
      catchUp.close();
      tails.leave(run, this);
      onRelease.accept(this);
    }
  }
}
