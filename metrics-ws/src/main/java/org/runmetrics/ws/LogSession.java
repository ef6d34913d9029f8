package org.runmetrics.ws;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.runmetrics.frame.Control;
import org.runmetrics.frame.FrameBatch;
import org.runmetrics.frame.Goodbye;
import org.runmetrics.line.Line;
import org.runmetrics.log.LogListener;

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

  /** Bytes to write at once, about; then other sessions have their turn. */
  private static final int BATCH = 64 << 10;

  /** Pause while the tail and this session see different files under one name. */
  private static final Duration DISAGREEMENT = Duration.ofMillis(50);

  private final Messages messages;
  private final boolean json;
  private final Workers workers;
  private final Duration idle;
  private final Consumer<LogSession> onRelease;
  private final Sender sender;

  /** Calls of {@link #signal} not yet answered by a step; above zero, a step runs or will. */
  private final AtomicInteger signals = new AtomicInteger();

  /** When a line of the log was last sent, nothing before the first one. */
  private volatile OptionalLong lastLine = OptionalLong.empty();

  /** Used by steps only, like what is below. */
  private boolean failed;

  private boolean released;

  /**
   * Serves a connection once the container has called {@link #goOn}.
   *
   * @param json whether the client is told offsets
   * @param onRelease called once when the session has ended, whoever ended it
   */
  LogSession(
      WebConnection connection,
      Messages messages,
      boolean json,
      SessionLimits limits,
      Workers workers,
      Consumer<LogSession> onRelease)
      throws IOException {
    this.messages = messages;
    this.json = json;
    this.workers = workers;
    this.idle = limits.idle();
    this.onRelease = onRelease;
    this.sender = new Sender(connection, limits.patience(), this::signal);
  }

  /** Goes on to send, as the container asks for it. */
  void goOn() {
    sender.goOn();
  }

  /** Takes note of what the client says. */
  void hear(Control control) {
    sender.hear(control);
  }

  /** Says goodbye now, whatever waits. */
  void close(Goodbye goodbye) {
    sender.close(goodbye);
  }

  /** Tells whether the client is to go, or has gone. */
  boolean isLeaving() {
    return sender.isLeaving();
  }

  /** Tells whether nothing is sent or heard any more. */
  boolean isEnded() {
    return sender.isEnded();
  }

  /** Ends the session's work, as the connection has ended. */
  void end() {
    sender.end();
  }

  /** Ends the session if nobody is at its other end, or nothing is to be seen. Never fails. */
  void look() {
    OptionalLong sent = lastLine;
    if (messages.end().isEmpty()
        && sent.isPresent()
        && System.nanoTime() - sent.getAsLong() > idle.toNanos()) {
      messages.addEnd("Connection timeout after 1 hour of inactivity", Goodbye.done("Inactive"));
    }
    sender.look();
  }

  @Override
  public void lines(List<Line> lines) {
    messages.addLive(lines);
    signal();
  }

  @Override
  public void truncated() {
    messages.addTruncation();
    signal();
  }

  /** Asks for a step. */
  private void signal() {
    if (signals.getAndIncrement() == 0) {
      workers.run(this::step);
    }
  }

  private void step() {
    int answered = signals.get();
    boolean again = false;
    try {
      again = send();
    } catch (IOException | RuntimeException | Error failure) {
      fail(failure);
    } finally {
      // Signals that are not answered keep others from starting a second step.
      if (again || signals.addAndGet(-answered) != 0) {
        workers.run(this::step);
      }
    }
  }

  /** Says so, unless saying it failed. */
  private void fail(Throwable failure) {
    if (failed) {
      sender.end();
    } else {
      failed = true;
      sender.close(Goodbye.failed("The log cannot be sent"));
      LOGGER.log(Level.WARNING, "A log cannot be sent", failure);
    }
  }

  /** Sends what it can, and returns true if it stopped only to give others a turn. */
  private boolean send() throws IOException {
    if (sender.isEnded()) {
      release();
      return false;
    }
    FrameBatch batch = new FrameBatch();
    boolean more = sender.takesMessages() && fill(batch);
    sender.send(batch);
    return more;
  }

  /** Takes messages as they wait, and returns true if there may be more. */
  private boolean fill(FrameBatch batch) throws IOException {
    while (batch.size() < BATCH) {
      switch (messages.advance(this)) {
        case MORE -> {
          return true;
        }
        case LATER -> workers.runAfter(DISAGREEMENT, this::signal);
        case DONE -> {}
      }
      Optional<Message> next = messages.take();
      if (next.isEmpty()) {
        messages.end().ifPresent(sender::close);
        return false;
      }
      if (next.get().offset() > 0 && messages.end().isEmpty()) {
        lastLine = OptionalLong.of(System.nanoTime());
      }
      batch.addText(next.get().text(json));
    }
    return true;
  }

  private void release() {
    if (released) {
      return;
    }
    released = true;
    try {
      messages.close(this);
    } finally {
      try {
        sender.hangUp();
      } finally {
        onRelease.accept(this);
      }
    }
  }
}
