package org.runmetrics.log;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The shared place at the end of one log, and all who listen there.
 *
 * <p>Whoever moves it holds its lock, so every listener hears every line once and in order. Safe
 * for use by several threads.
 */
final class LogTail {
  private static final Logger LOGGER = System.getLogger(LogTail.class.getName());

  /** Guarded by this tail. */
  private final LogCursor cursor;

  private final Set<LogListener> listeners = new LinkedHashSet<>();

  /** Goes on from where a cursor stands, which is the tail's from now on. */
  LogTail(LogCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * Adds a listener that has heard everything in front of its cursor.
   *
   * @return false if the listener must read on first
   */
  synchronized boolean join(LogCursor place, LogListener listener) {
    if (place != cursor) {
      wake();
      if (!place.isAt(cursor)) {
        return false;
      }
    }
    return listeners.add(listener);
  }

  /** Removes a listener and tells whether nobody listens any more. */
  synchronized boolean leave(LogListener listener) {
    listeners.remove(listener);
    return listeners.isEmpty();
  }

  /** Reads what was written since and tells the listeners. */
  synchronized void wake() {
    if (listeners.isEmpty()) {
      return;
    }
    try {
      LogBlock block = cursor.read();
      while (!block.isEmpty()) {
        tell(block);
        block = cursor.read();
      }
    } catch (IOException unreadable) {
      // Lasts no longer than until the next event or poll, which reads from the same place.
      LOGGER.log(Level.DEBUG, "Cannot read the log of " + cursor.run().id(), unreadable);
    }
  }

  synchronized void close() {
    listeners.clear();
    cursor.close();
  }

  private void tell(LogBlock block) {
    for (LogListener listener : listeners) {
      if (block.truncated()) {
        listener.truncated();
      }
      if (!block.lines().isEmpty()) {
        listener.lines(block.lines());
      }
    }
  }
}
