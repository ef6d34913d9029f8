package org.runmetrics.ws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.runmetrics.line.Line;
import org.runmetrics.log.LogListener;

/**
 * What was written to a log while its client was busy.
 *
 * <p>Lines past the bounds are counted and become one gap at the place where they are missing. Once
 * lines are missing, all are until half of the queue is taken, so that a slow client sees few long
 * gaps and not many short ones. Safe for use by several threads: a tail adds, a worker takes.
 */
final class LineQueue implements LogListener {

  /** What a tail reports. */
  sealed interface Entry permits Written, Gap, Truncation {}

  /** A line as it is in the log. */
  record Written(Line line) implements Entry {}

  /** Lines that are missing. */
  record Gap(long lines) implements Entry {}

  /** The lines that follow are from the start of the log. */
  record Truncation() implements Entry {}

  private final QueueBounds bounds;

  /** Asks for {@link #take()}. */
  private final Runnable wake;

  /** Guarded by this, like all below. */
  private final Deque<Entry> entries = new ArrayDeque<>();

  private long bytes;

  /** The latest states of a line without an end, if nobody has seen them and no line came since. */
  private Optional<Line> unfinished = Optional.empty();

  LineQueue(QueueBounds bounds, Runnable wake) {
    this.bounds = bounds;
    this.wake = wake;
  }

  @Override
  public void lines(List<Line> lines) {
    synchronized (this) {
      unfinished = Optional.empty();
      lines.forEach(this::add);
    }
    wake.run();
  }

  @Override
  public void unfinished(Line line) {
    synchronized (this) {
      unfinished = Optional.of(line);
    }
    wake.run();
  }

  @Override
  public void truncated() {
    synchronized (this) {
      unfinished = Optional.empty();
      // A log truncated over and over must not fill the memory of a client that takes nothing.
      if (!(entries.peekLast() instanceof Truncation)) {
        entries.add(new Truncation());
      }
    }
    wake.run();
  }

  /** Takes what came first. */
  synchronized Optional<Entry> take() {
    Optional<Entry> first = Optional.ofNullable(entries.poll());
    if (first.isPresent() && first.get() instanceof Written written) {
      bytes -= size(written.line());
    }
    return first;
  }

  /** Takes the states of a line that has no end yet, once all that came before is taken. */
  synchronized Optional<Line> takeUnfinished() {
    Optional<Line> line = entries.isEmpty() ? unfinished : Optional.empty();
    unfinished = Optional.empty();
    return line;
  }

  private void add(Line line) {
    if (entries.peekLast() instanceof Gap gap && !isHalfEmpty()) {
      entries.removeLast();
      entries.add(new Gap(gap.lines() + 1));
    } else if (fits(line)) {
      entries.add(new Written(line));
      bytes += size(line);
    } else {
      entries.add(new Gap(1));
    }
  }

  private boolean fits(Line line) {
    return entries.isEmpty()
        || (entries.size() < bounds.lines() && bytes + size(line) <= bounds.bytes());
  }

  private boolean isHalfEmpty() {
    return entries.size() <= bounds.lines() / 2 && bytes <= bounds.bytes() / 2;
  }

  private static long size(Line line) {
    return line.end() - line.start();
  }
}
