package org.runmetrics.ws;

import java.time.Duration;
import org.runmetrics.push.Pace;

/**
 * What one client may take of the server.
 *
 * @param queue how much may wait for it
 * @param pace how long it is waited for
 * @param idle after the last line of the log until the client is told to go
 */
record LogLimits(QueueBounds queue, Pace pace, Duration idle) {
  static final LogLimits DEFAULT =
      new LogLimits(new QueueBounds(10_000, 8 << 20), Pace.DEFAULT, Duration.ofHours(1));
}
