package org.runmetrics.log;

import java.util.List;
import org.runmetrics.line.Line;

/**
 * Hears what a tail reads.
 *
 * <p>Called by one thread at a time, in the order of the file. A listener must not block, nor work:
 * all other listeners of the log wait for it.
 */
public interface LogListener {

  /** Takes the next complete lines, none of them blank. The list never changes. */
  void lines(List<Line> lines);

  /**
   * Sees a last line that has no end yet, or its latest states if it is being redrawn.
   *
   * <p>An empty line if there is none any more. At most four times a second; the line itself comes
   * once it has its end.
   */
  void unfinished(Line line);

  /** Learns that the log was truncated: the lines that follow are from its start. */
  void truncated();
}
