package org.runmetrics.log;

import java.util.List;
import org.runmetrics.line.Line;

/**
 * What one read found.
 *
 * @param truncated whether the log was truncated before these lines, which are then from its start
 * @param lines complete lines in order, none of them blank
 * @param more whether there may be lines although none was found yet
 */
public record LogBlock(boolean truncated, List<Line> lines, boolean more) {

  /** Keeps a list that never changes. */
  public LogBlock {
    lines = List.copyOf(lines);
  }

  /** Returns whether there is nothing new. */
  public boolean isEmpty() {
    return !truncated && lines.isEmpty() && !more;
  }
}
