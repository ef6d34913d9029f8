package org.runmetrics.ws;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.log.LogBlock;
import org.runmetrics.log.LogCursor;
import org.runmetrics.log.LogListener;
import org.runmetrics.log.LogStart;
import org.runmetrics.log.LogTails;
import org.runmetrics.run.RunDirectory;

/**
 * Reads a log from where a client wants it to where it is being written.
 *
 * <p>Reads a block only when the client has taken the one before, so a slow client costs a place in
 * the file and no memory. At the end it joins the log's tail and is done. Used by one thread at a
 * time.
 */
final class CatchUp {
  /** Blocks read in a row before others have their turn. */
  private static final int MAX_BLOCKS = 16;

  private final RunDirectory run;
  private final LogQuery query;
  private final LineQueue queue;
  private final LogTails tails;

  /** Nothing before the start and once the tail is joined. */
  private Optional<LogCursor> cursor = Optional.empty();

  private boolean started;
  private int refusals;

  CatchUp(RunDirectory run, LogQuery query, LineQueue queue, LogTails tails) {
    this.run = run;
    this.query = query;
    this.queue = queue;
    this.tails = tails;
  }

  /** Whether there is something to send, or the listener has joined the tail. */
  enum Advance {
    DONE,
    /** Not yet, though much was read: of bars that are not shown, say. */
    MORE,
    /** Not for now: the tail and this cursor see different files under one name, which passes. */
    LATER
  }

  /** Reads on until there is something to send or the listener has joined the tail. */
  Advance advance(LogListener listener) throws IOException {
    if (!started) {
      started = true;
      LogCursor place = new LogCursor(run);
      cursor = Optional.of(place);
      start(place);
    }
    for (int blocks = 0; cursor.isPresent() && queue.isLow(); blocks++) {
      if (blocks == MAX_BLOCKS) {
        return Advance.MORE;
      }
      LogBlock block = cursor.get().read();
      if (block.truncated()) {
        queue.addTruncation();
      }
      queue.addHistory(block.lines());
      if (!block.isEmpty()) {
        refusals = 0;
      } else if (tails.join(cursor.get(), listener)) {
        cursor = Optional.empty();
      } else if (refusals++ > 0) {
        return Advance.LATER;
      }
    }
    return Advance.DONE;
  }

  /** Reads nothing more, and leaves the tail if the listener had joined it. */
  void close(LogListener listener) {
    started = true;
    cursor.ifPresent(LogCursor::close);
    cursor = Optional.empty();
    tails.leave(run, listener);
  }

  private void start(LogCursor place) throws IOException {
    if (place.isMissing()) {
      queue.add(Message.info(0, "No logs available yet. Waiting for logs to be created..."));
    } else if (query.after().isPresent()) {
      if (!place.seek(query.after().getAsLong())) {
        queue.addTruncation();
      }
    } else if (query.tail().isPresent()) {
      LogStart start = place.seekLast(query.tail().getAsInt());
      if (start.leavesOut()) {
        String total = (start.counted() ? "" : "about ") + start.total();
        String text = "Showing last " + start.lines() + " lines of " + total;
        queue.add(Message.info(start.offset(), text));
      }
    }
  }
}
