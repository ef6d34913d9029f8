package org.runmetrics.log.row;

import java.util.Optional;
import org.runmetrics.log.LogView;

/**
 * A place between two lines of a log, and all that must be known to go on from there.
 *
 * @param offset byte offset where the next line starts
 * @param row the number of the next row
 * @param line the number of the next line
 * @param held what was seen in front and may still be shown, never changed; nothing if there is
 *     nothing of that kind
 */
record Mark(long offset, long row, long line, Optional<LogView> held) {
  /** In front of the first line. */
  static final Mark START = new Mark(0, 0, 1, Optional.empty());
}
