package org.runmetrics.ws;

import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
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
 * queue.
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

  private final RunDirectory run;
  private final LogTails tails;
  private final LineQueue queue;
  private final Workers workers;
  private final Duration idle;
  private final Consumer<LogSession> onRelease;
  private final Sender sender;

  /** Calls of {@link #signal} not yet answered by a step; above zero, a step runs or will. */
  private final AtomicInteger signals = new AtomicInteger();

  /** When a line of the log was last sent, nothing before the first one. */
  private volatile OptionalLong lastLine = OptionalLong.empty();

  /** Whether the socket is closed when all is sent. */
  private volatile boolean ending;

  /** Used by steps only, like what is below. */
  private final CatchUp catchUp;

  private boolean released;

  LogSession(
      Session session,
      RunDirectory run,
      LogQuery query,
      LogTails tails,
      SessionLimits limits,
      Workers workers,
      Consumer<LogSession> onRelease) {
    this.run = run;
    this.queue = new LineQueue(limits.queue(), query.progress());
    this.catchUp = new CatchUp(run, query, queue, tails);
    this.tails = tails;
    this.workers = workers;
    this.idle = limits.idle();
    this.onRelease = onRelease;
    this.sender = new Sender(session, limits.patience(), this::signal);
  }

  /** Asks for a step. */
  void signal() {
    if (signals.getAndIncrement() == 0) {
      workers.run(this::step);
    }
  }

  /** Ends the session's work, after its socket was closed. */
  void close() {
    sender.close();
  }

  /** Closes the socket as well. */
  void close(CloseCode code, String reason) {
    sender.close(code, reason);
  }

  /** Takes note that the client is there. */
  void hear() {
    sender.hear();
  }

  /** Ends the session if nobody is at its other end, or nothing is to be seen. Never fails. */
  void look() {
    OptionalLong last = lastLine;
    if (!ending && last.isPresent() && System.nanoTime() - last.getAsLong() > idle.toNanos()) {
      ending = true;
      queue.addEnd("Connection timeout after 1 hour of inactivity");
      signal();
    }
    sender.ping();
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
      if (sender.isClosed()) {
        release();
        return false;
      }
      if (sender.isSending()) {
        return false;
      }
      if (!catchUp.advance(this)) {
        workers.runAfter(DISAGREEMENT, this::signal);
      }
      Optional<Message> next = queue.take();
      if (next.isEmpty()) {
        if (ending) {
          close(CloseCodes.NORMAL_CLOSURE, "Inactive");
        }
        return false;
      }
      if (next.get().offset() > 0 && !ending) {
        lastLine = OptionalLong.of(System.nanoTime());
      }
      sender.send(next.get());
    }
    return true;
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
