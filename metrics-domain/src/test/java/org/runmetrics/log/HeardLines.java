package org.runmetrics.log;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.runmetrics.line.Line;

/** A listener that keeps what it hears. */
final class HeardLines implements LogListener {
  static final String TRUNCATED = "(truncated)";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @Override
  public void lines(List<Line> lines) {
    lines.forEach(line -> heard.add(line.text()));
  }

  @Override
  public void unfinished(Line line) {
    // Seen by clients alone.
  }

  @Override
  public void truncated() {
    heard.add(TRUNCATED);
  }

  /** Waits for what is heard next. */
  String next() throws InterruptedException {
    String next = heard.poll(20, TimeUnit.SECONDS);
    return next == null ? "(nothing)" : next;
  }

  boolean isEmpty() {
    return heard.isEmpty();
  }
}
