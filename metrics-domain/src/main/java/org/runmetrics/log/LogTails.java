package org.runmetrics.log;

import java.util.HashMap;
import java.util.Map;
import org.runmetrics.push.Workers;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.watch.FileEvents;

/**
 * The tails of all logs that somebody listens to.
 *
 * <p>A log has one tail, however many listen; it comes with the first listener and goes with the
 * last. Without listeners there is no thread, no open file and no watch. No lock is held while a
 * log is read. Safe for use by several threads; must not be called by a {@link LogListener}.
 */
public final class LogTails implements AutoCloseable {
  private record Entry(LogTail tail, FileEvents.Watch watch) {}

  private final FileEvents events;
  private final Workers workers;

  /** Tails by the run, which a link of the same name may make another; guarded by this. */
  private final Map<RunDirectory, Entry> tails = new HashMap<>();

  /** Guarded by this. */
  private boolean closed;

  /** Is woken by events, and reads by turns on some workers. */
  public LogTails(FileEvents events, Workers workers) {
    this.events = events;
    this.workers = workers;
  }

  /**
   * Lets a listener hear every line after its cursor.
   *
   * <p>Whoever wants the lines before reads them with a cursor of its own until it has caught up.
   *
   * @return true if it did: the cursor now belongs to the tail. False if the listener must read on
   *     and try again, after a pause if there is nothing to read
   */
  public synchronized boolean join(LogCursor cursor, LogListener listener) {
    if (closed) {
      // A client that is still being served while all stop hears nothing more, and watches nothing.
      cursor.close();
      return true;
    }
    RunDirectory run = cursor.run();
    Entry known = tails.get(run);
    if (known == null) {
      LogTail tail = new LogTail(cursor, listener, workers);
      tails.put(run, new Entry(tail, events.watch(run.logName(), tail::signal)));
      // Sees what was written since the cursor read and before the watch began.
      tail.signal();
      return true;
    }
    if (!known.tail().join(cursor.place(), listener)) {
      return false;
    }
    cursor.close();
    return true;
  }

  /** Tells a listener nothing more; nothing happens if it never joined. */
  public synchronized void leave(RunDirectory run, LogListener listener) {
    Entry known = tails.get(run);
    if (known != null && known.tail().leave(listener)) {
      tails.remove(run);
      close(known);
    }
  }

  /** Returns how many logs are listened to. */
  public synchronized int size() {
    return tails.size();
  }

  /** Forgets all listeners and closes all files; whoever joins after that hears nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    tails.values().forEach(LogTails::close);
    tails.clear();
  }

  private static void close(Entry entry) {
    entry.watch().close();
    entry.tail().close();
  }
}
