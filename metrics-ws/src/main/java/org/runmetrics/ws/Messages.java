package org.runmetrics.ws;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.runmetrics.frame.Goodbye;
import org.runmetrics.line.Line;
import org.runmetrics.log.LogListener;

/**
 * What one client is to be told, in order: what is in the log, what is written to it, the end.
 *
 * <p>Lines and the end may come from any thread; messages are taken by one at a time.
 */
final class Messages {
  private final LineQueue queue;

  /** Nothing if there is no log to send. */
  private final Optional<CatchUp> catchUp;

  private volatile Optional<Goodbye> end;

  private Messages(LineQueue queue, Optional<CatchUp> catchUp, Optional<Goodbye> end) {
    this.queue = queue;
    this.catchUp = catchUp;
    this.end = end;
  }

  /** Tells all of a log. */
  static Messages of(LineQueue queue, CatchUp catchUp) {
    return new Messages(queue, Optional.of(catchUp), Optional.empty());
  }

  /** Tells why there is no log. */
  static Messages refusal(LineQueue queue, Goodbye reason) {
    return new Messages(queue, Optional.empty(), Optional.of(reason));
  }

  /** Reads on, as {@link CatchUp#advance}. */
  CatchUp.Advance advance(LogListener listener) throws IOException {
    return catchUp.isPresent() ? catchUp.get().advance(listener) : CatchUp.Advance.DONE;
  }

  Optional<Message> take() {
    return queue.take();
  }

  /** Returns what to say when there is nothing more to take, unless more may come. */
  Optional<Goodbye> end() {
    return end;
  }

  /** Adds lines that were just written. */
  void addLive(List<Line> lines) {
    queue.addLive(lines);
  }

  void addTruncation() {
    queue.addTruncation();
  }

  /** Adds the last message, behind all that waits. */
  void addEnd(String text, Goodbye goodbye) {
    queue.addEnd(text);
    end = Optional.of(goodbye);
  }

  /** Reads nothing more. */
  void close(LogListener listener) {
    catchUp.ifPresent(history -> history.close(listener));
  }
}
