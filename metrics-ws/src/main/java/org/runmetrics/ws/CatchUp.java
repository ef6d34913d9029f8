package org.runmetrics.ws;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.log.LogBlock;
import org.runmetrics.log.LogCursor;
import org.runmetrics.log.LogListener;
import org.runmetrics.log.LogStart;
import org.runmetrics.log.LogTails;
import org.runmetrics.log.LogView;
import org.runmetrics.run.RunDirectory;

/**
 * Reads a log from where a client wants it to where it is being written.
 *
 * <p>A slow client costs a place in the file and no memory. At the end it joins the log's tail and
 * is done. Used by one thread at a time.
 */
final class CatchUp {

  /** What reading on found. */
  sealed interface Advance permits Words, Block, Later, Joined {}

  /** A word about the log. */
  record Words(Message message) implements Advance {}

  /** Some of it. */
  record Block(LogBlock read) implements Advance {}

  /** Nothing for now: the tail and the cursor see different files under one name, which passes. */
  record Later() implements Advance {}

  /** The listener hears all that follows. */
  record Joined() implements Advance {}

  private final RunDirectory run;
  private final LogQuery query;
  private final LogTails tails;

  /** Nothing before the start and once the tail is joined. */
  private Optional<LogCursor> cursor = Optional.empty();

  private boolean started;
  private boolean refused;

  CatchUp(RunDirectory run, LogQuery query, LogTails tails) {
    this.run = run;
    this.query = query;
    this.tails = tails;
  }

  /**
   * Reads on, or lets a listener join the tail when there is nothing to read.
   *
   * @param view what the client sees of all that is read
   */
  Advance advance(LogListener listener, LogView view) throws IOException {
    if (!started) {
      started = true;
      LogCursor place = new LogCursor(run);
      cursor = Optional.of(place);
      Optional<Message> words = start(place, view);
      if (words.isPresent()) {
        return new Words(words.get());
      }
    }
    if (cursor.isEmpty()) {
      return new Joined();
    }
    LogBlock block = cursor.get().read();
    if (!block.isEmpty()) {
      refused = false;
      return new Block(block);
    }
    if (tails.join(cursor.get(), listener)) {
      cursor = Optional.empty();
      return new Joined();
    }
    boolean again = refused;
    refused = true;
    return again ? new Later() : new Block(block);
  }

  /** Reads nothing more, and leaves the tail if the listener had joined it. */
  void leave(LogListener listener) {
    started = true;
    cursor.ifPresent(LogCursor::close);
    cursor = Optional.empty();
    tails.leave(run, listener);
  }

  private Optional<Message> start(LogCursor place, LogView view) throws IOException {
    if (place.isMissing()) {
      return Optional.of(
          Message.info(0, "No logs available yet. Waiting for logs to be created..."));
    }
    if (query.after().isPresent()) {
      return place.seek(query.after().getAsLong())
          ? Optional.empty()
          : Optional.of(Message.info(0, "Log was truncated"));
    }
    if (query.tail().isEmpty()) {
      return Optional.empty();
    }
    LogStart start = place.seekLast(query.tail().getAsInt(), view);
    if (!start.leavesOut()) {
      return Optional.empty();
    }
    String total = (start.counted() ? "" : "about ") + start.total();
    return Optional.of(
        Message.info(start.offset(), "Showing last " + start.lines() + " lines of " + total));
  }
}
