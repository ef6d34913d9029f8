package org.runmetrics.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.line.Line;
import org.runmetrics.push.Turn;
import org.runmetrics.push.Workers;

/**
 * The shared place at the end of one log, and all that listen there.
 *
 * <p>Its turn reads one block at a time, so that a log that grows without pause does not keep
 * others from theirs. No lock is held while it reads. Safe for use by several threads.
 */
final class LogTail implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(LogTail.class.getName());

  private final Turn turn;
  private final Workers workers;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** Used by the turn alone. */
  private final LogCursor cursor;

  /** When a line without an end was last looked at; used by the turn alone. */
  private OptionalLong looked = OptionalLong.empty();

  /** Whether a line without an end was told last; used by the turn alone. */
  private boolean drawing;

  /** Whether another look is due at a line that was looked at; used by the turn alone. */
  private boolean due;

  /** Where the listeners have heard everything; guarded by this, like all below. */
  private LogPlace told;

  /** The offset in front of which each listener knows the lines already. */
  private final Map<LogListener, Long> listeners = new LinkedHashMap<>();

  private boolean closed;

  /** Goes on from where a cursor stands, which is the tail's from now on. */
  LogTail(LogCursor cursor, LogListener first, Workers workers) {
    this.cursor = cursor;
    this.workers = workers;
    this.told = cursor.place();
    listeners.put(first, 0L);
    this.turn = new Turn(workers, this::read);
  }

  /** Asks for a look at the log, without waiting for it. */
  void signal() {
    turn.signal();
  }

  /**
   * Adds a listener that has heard everything in front of a place.
   *
   * @return false if the listener, or the tail, must read on first
   */
  synchronized boolean join(LogPlace place, LogListener listener) {
    if (!place.isReachedFrom(told)) {
      signal();
      return false;
    }
    listeners.put(listener, place.file().equals(told.file()) ? place.position() : 0L);
    // Shows the listener the line that is being drawn.
    signal();
    return true;
  }

  /** Removes a listener and returns whether nobody listens any more. */
  synchronized boolean leave(LogListener listener) {
    listeners.remove(listener);
    return listeners.isEmpty();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      listeners.clear();
    }
    signal();
  }

  /** Reads a block, tells the listeners, and returns whether there may be another. */
  private boolean read() {
    if (isClosed()) {
      cursor.close();
      return false;
    }
    try {
      LogBlock block = cursor.read();
      tell(block, cursor.place());
      if (block.isEmpty()) {
        lookAtUnfinished();
      }
      return !block.isEmpty();
    } catch (IOException | UncheckedIOException unreadable) {
      // Lasts no longer than until the next event or poll, which reads from the same place.
      LOGGER.log(Level.DEBUG, "Cannot read the log of " + cursor.run().id(), unreadable);
      return false;
    }
  }

  /** A line may be redrawn many times a second, which nobody can see. */
  private void lookAtUnfinished() throws IOException {
    long now = System.nanoTime();
    long rest = looked.isPresent() ? looked.getAsLong() + BETWEEN_LOOKS.toNanos() - now : 0;
    if (rest > 0) {
      if (!due) {
        due = true;
        workers.after(Duration.ofNanos(rest), turn::signal);
      }
      return;
    }
    due = false;
    Optional<Line> line = cursor.half();
    if (line.isPresent()) {
      looked = OptionalLong.of(now);
      tell(line.get());
    } else if (drawing) {
      tell(new Line(cursor.position(), cursor.position(), "", false));
    }
    drawing = line.isPresent();
  }

  private synchronized void tell(Line unfinished) {
    listeners.keySet().forEach(listener -> listener.unfinished(unfinished));
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void tell(LogBlock block, LogPlace place) {
    boolean anew = block.truncated() || !place.file().equals(told.file());
    told = place;
    listeners.replaceAll((listener, known) -> tell(listener, block, anew ? 0 : known));
  }

  /** Tells one listener, and returns the offset in front of which it now knows the lines. */
  private static long tell(LogListener listener, LogBlock block, long known) {
    if (block.truncated()) {
      listener.truncated();
    }
    List<Line> lines =
        known == 0 || block.lines().isEmpty() || block.lines().get(0).start() >= known
            ? block.lines()
            : block.lines().stream().filter(line -> line.start() >= known).toList();
    if (!lines.isEmpty()) {
      listener.lines(lines);
    }
    return known;
  }
}
