package org.runmetrics.ws;

import java.util.Optional;
import org.runmetrics.line.Line;
import org.runmetrics.log.LogView;

/**
 * The bar that is being drawn in a log, as a client last saw it.
 *
 * <p>Used by one thread at a time.
 */
final class LiveBar {
  private String shown = "";

  /** Sees the last line, which has no end yet, and returns what to show if that changed. */
  Optional<String> see(Line half) {
    return show(LogView.bar(half));
  }

  /** Sees that the line has its end or is gone, and returns what to show if that changed. */
  Optional<String> end() {
    return show("");
  }

  private Optional<String> show(String text) {
    if (text.equals(shown)) {
      return Optional.empty();
    }
    shown = text;
    return Optional.of(text);
  }
}
