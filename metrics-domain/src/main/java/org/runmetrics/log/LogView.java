package org.runmetrics.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.runmetrics.line.Line;

/**
 * What one reader sees of a log's lines.
 *
 * <p>Lines go in as they were written, one after the other. What is to be sent comes out at once,
 * or is held back until a later line or {@link #settle()}, such as the latest state of a bar. Not
 * safe for use by several threads.
 */
public final class LogView {
  private final Progress progress;
  private Optional<ShownLine> held = Optional.empty();

  /** Sees the lines of a log as a reader wants them. */
  public LogView(Progress progress) {
    this.progress = progress;
  }

  /** Takes the next line and returns what is shown now, in order. */
  public List<ShownLine> show(Line line) {
    if (progress == Progress.KEEP) {
      return List.of(new ShownLine(line.end(), line.text()));
    }
    Optional<String> text = progress.show(line.text());
    if (text.isEmpty()) {
      return List.of();
    }
    boolean bar = progress.replaces(text.get());
    List<ShownLine> shown = new ArrayList<>(bar ? List.of() : settle());
    ShownLine next = new ShownLine(line.end(), text.get());
    if (bar) {
      held = Optional.of(next);
    } else {
      shown.add(next);
    }
    return List.copyOf(shown);
  }

  /** Returns what is held back, in order, because no more lines wait for now. */
  public List<ShownLine> settle() {
    List<ShownLine> shown = held.stream().toList();
    held = Optional.empty();
    return shown;
  }
}
