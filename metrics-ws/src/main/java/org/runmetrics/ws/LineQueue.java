package org.runmetrics.ws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.runmetrics.line.Line;
import org.runmetrics.log.Progress;

/**
 * What waits to be sent to one client.
 *
 * <p>Live lines past the bounds are counted and become one message at the place where they are
 * missing. Once lines are missing, all are until half of the queue is sent, so that a slow client
 * sees few long gaps and not many short ones. Safe for use by several threads: a tail adds, a
 * worker takes.
 */
final class LineQueue {
  private static final String TRUNCATED = "Log was truncated";

  private sealed interface Entry permits Text, Gap {}

  /** A message; {@code bar} if a progress bar right behind it takes its place. */
  private record Text(Message message, long bytes, boolean bar) implements Entry {}

  private record Gap(long lines) implements Entry {}

  private final QueueBounds bounds;
  private final Progress progress;

  /** Guarded by this, like all below. */
  private final Deque<Entry> entries = new ArrayDeque<>();

  private long bytes;

  /** Offset of the last message taken. */
  private long taken;

  LineQueue(QueueBounds bounds, Progress progress) {
    this.bounds = bounds;
    this.progress = progress;
  }

  /** Adds a word about the log. */
  synchronized void add(Message message) {
    entries.add(new Text(message, 0, false));
  }

  /** Adds lines that were read because the queue was low, whatever the bounds. */
  synchronized void addHistory(List<Line> lines) {
    for (Line line : lines) {
      show(line).ifPresent(this::append);
    }
  }

  /** Adds lines as they are written, or counts them as missing. */
  synchronized void addLive(List<Line> lines) {
    for (Line line : lines) {
      Optional<Text> shown = show(line);
      if (shown.isEmpty()) {
        continue;
      }
      if (entries.peekLast() instanceof Gap gap && !isHalfEmpty()) {
        entries.removeLast();
        entries.add(new Gap(gap.lines() + 1));
      } else if (replacesLast(shown.get()) || fits(shown.get())) {
        append(shown.get());
      } else {
        entries.add(new Gap(1));
      }
    }
  }

  /** Adds the last word, behind all that waits. */
  synchronized void addEnd(String text) {
    entries.add(new Text(Message.info(taken, text), 0, false));
  }

  /** Tells that the lines added from now on are from the start of the log. */
  synchronized void addTruncation() {
    // A log truncated over and over must not fill the memory of a client that takes nothing.
    if (entries.size() < 2 * bounds.lines()) {
      entries.add(new Text(Message.info(0, TRUNCATED), 0, false));
    }
  }

  /** Takes what is to be sent next. */
  synchronized Optional<Message> take() {
    Entry first = entries.poll();
    if (first == null) {
      return Optional.empty();
    }
    if (first instanceof Gap gap) {
      return Optional.of(Message.info(taken, gap.lines() + " lines skipped"));
    }
    Text text = (Text) first;
    bytes -= text.bytes();
    taken = text.message().offset();
    return Optional.of(text.message());
  }

  /** Tells whether it takes more lines to know what to send next. */
  synchronized boolean isLow() {
    return entries.isEmpty() || (entries.size() == 1 && isBar(entries.peekFirst()));
  }

  private Optional<Text> show(Line line) {
    return progress
        .show(line.text())
        .map(
            shown ->
                new Text(
                    new Message(line.end(), shown),
                    line.end() - line.start(),
                    progress.replaces(shown)));
  }

  private void append(Text text) {
    if (replacesLast(text) && entries.pollLast() instanceof Text replaced) {
      bytes -= replaced.bytes();
    }
    entries.add(text);
    bytes += text.bytes();
  }

  private boolean replacesLast(Text text) {
    Entry last = entries.peekLast();
    return text.bar() && last != null && isBar(last);
  }

  private static boolean isBar(Entry entry) {
    return entry instanceof Text text && text.bar();
  }

  private boolean fits(Text text) {
    return entries.isEmpty()
        || (entries.size() < bounds.lines() && bytes + text.bytes() <= bounds.bytes());
  }

  private boolean isHalfEmpty() {
    return entries.size() <= bounds.lines() / 2 && bytes <= bounds.bytes() / 2;
  }
}
