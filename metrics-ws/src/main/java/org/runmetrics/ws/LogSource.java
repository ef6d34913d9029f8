package org.runmetrics.ws;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.runmetrics.line.Line;
import org.runmetrics.log.LogView;
import org.runmetrics.log.ShownLine;
import org.runmetrics.push.Ending;
import org.runmetrics.push.Next;
import org.runmetrics.push.Source;

/**
 * The log as one client gets it: first what is there, at the client's pace, then what is written.
 *
 * <p>While it catches up it reads the file with a cursor of its own and holds one block of it; then
 * it joins the shared tail, and lines that the client does not take in time wait in a bounded
 * queue, as they are in the log. What is shown of them is found out here, on the client's turn.
 */
final class LogSource implements Source<String> {
  /** Blocks or batches in a row that show nothing, before others have their turn. */
  private static final int MAX_ROUNDS = 4;

  /** Pause while the tail and this source see different files under one name. */
  private static final Duration DISAGREEMENT = Duration.ofMillis(50);

  /** Between two looks at a line that is being redrawn, where its states are shown as lines. */
  private static final Duration STATES = Duration.ofSeconds(1);

  private final CatchUp catchUp;
  private final Subprotocol subprotocol;
  private final Duration idle;
  private final LongConsumer dropped;
  private final Consumer<Duration> wakeLater;
  private final LineQueue queue;
  private final LogView view;

  /** Shows what is being drawn, if the client asked for that. */
  private final Optional<LiveBar> bar;

  /** States that were seen too early to be shown. */
  private Optional<Line> early = Optional.empty();

  /** When states of a line without an end were last shown as lines. */
  private OptionalLong lastStates = OptionalLong.empty();

  /** What is to be sent next. */
  private final Deque<Message> outgoing = new ArrayDeque<>();

  /** Where the client stands when it has got all that is outgoing. */
  private long offset;

  /** When a line of the log was last shown, nothing before the first one. */
  private OptionalLong lastLine = OptionalLong.empty();

  private boolean ended;

  LogSource(
      CatchUp catchUp,
      LogView view,
      Optional<LiveBar> bar,
      Subprotocol subprotocol,
      LogLimits limits,
      LongConsumer dropped,
      Consumer<Duration> wakeLater,
      Runnable wake) {
    this.catchUp = catchUp;
    this.subprotocol = subprotocol;
    this.idle = limits.idle();
    this.dropped = dropped;
    this.wakeLater = wakeLater;
    this.queue = new LineQueue(limits.queue(), wake);
    this.view = view;
    this.bar = bar;
  }

  @Override
  public Next<String> next() throws IOException {
    for (int rounds = 0; outgoing.isEmpty(); rounds++) {
      if (ended) {
        return new Next.Over<>(new Ending(Ending.Why.DONE, "Inactive"));
      }
      if (rounds == MAX_ROUNDS) {
        return new Next.Again<>();
      }
      if (!goOn()) {
        settle();
        if (outgoing.isEmpty() && !isIdle()) {
          return new Next.Nothing<>();
        }
      }
    }
    return new Next.Message<>(subprotocol.take(outgoing));
  }

  @Override
  public void leave() {
    catchUp.leave(queue);
  }

  /** Goes through some of what is there, and returns whether there may be more. */
  private boolean goOn() throws IOException {
    CatchUp.Advance advance = catchUp.advance(queue, view);
    if (advance instanceof CatchUp.Joined) {
      return takeWritten();
    }
    if (advance instanceof CatchUp.Later) {
      wakeLater.accept(DISAGREEMENT);
      return false;
    }
    if (advance instanceof CatchUp.Words words) {
      outgoing.add(words.message());
    } else if (advance instanceof CatchUp.Block block) {
      if (block.read().truncated()) {
        truncate();
      }
      block.read().lines().forEach(this::show);
    }
    return true;
  }

  private boolean takeWritten() {
    for (int taken = 0; taken < Subprotocol.MAX_LINES; taken++) {
      Optional<LineQueue.Entry> next = queue.take();
      if (next.isEmpty()) {
        return taken > 0 || showUnfinished();
      }
      LineQueue.Entry entry = next.get();
      if (entry instanceof LineQueue.Written written) {
        show(written.line());
      } else if (entry instanceof LineQueue.Gap gap) {
        settle();
        dropped.accept(gap.lines());
        outgoing.add(Message.info(offset, gap.lines() + " lines skipped"));
      } else {
        truncate();
      }
    }
    return true;
  }

  private boolean showUnfinished() {
    Optional<Line> line = queue.takeUnfinished();
    if (line.isPresent() && bar.isPresent()) {
      settle();
      send(bar.get().see(line.get()));
    } else {
      early = line.or(() -> early).filter(half -> half.text().indexOf('\r') >= 0);
      early.ifPresent(this::showStates);
    }
    return false;
  }

  /** Shows the latest states as lines, of which more than one a second would be too many. */
  private void showStates(Line half) {
    long now = System.nanoTime();
    long rest = lastStates.isPresent() ? lastStates.getAsLong() + STATES.toNanos() - now : 0;
    if (rest > 0) {
      wakeLater.accept(Duration.ofNanos(rest));
      return;
    }
    lastStates = OptionalLong.of(now);
    early = Optional.empty();
    settle();
    send(view.showUnfinished(half));
  }

  private void show(Line line) {
    endDrawing();
    send(view.show(line));
  }

  private void endDrawing() {
    early = Optional.empty();
    bar.ifPresent(live -> send(live.end()));
  }

  private void send(Optional<String> state) {
    if (state.isPresent()) {
      outgoing.add(new Message(Message.Kind.BAR, offset, state.get()));
      lastLine = OptionalLong.of(System.nanoTime());
    }
  }

  private void settle() {
    send(view.settle());
  }

  private void truncate() {
    endDrawing();
    settle();
    offset = 0;
    outgoing.add(Message.info(offset, "Log was truncated"));
  }

  private void send(List<ShownLine> lines) {
    for (ShownLine line : lines) {
      offset = line.offset();
      outgoing.add(new Message(Message.Kind.LINE, offset, line.text()));
      lastLine = OptionalLong.of(System.nanoTime());
    }
  }

  /** Says so if nothing was to be seen for long. */
  private boolean isIdle() {
    ended = lastLine.isPresent() && System.nanoTime() - lastLine.getAsLong() > idle.toNanos();
    if (ended) {
      outgoing.add(Message.info(offset, "Connection timeout after 1 hour of inactivity"));
    }
    return ended;
  }
}
