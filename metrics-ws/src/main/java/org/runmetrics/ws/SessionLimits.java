package org.runmetrics.ws;

import java.time.Duration;

/**
 * What one client may take of the server.
 *
 * @param queue how much may wait for it
 * @param ping between two pings; a client that vanished is noticed after two or three
 * @param patience for the connection to take anything before the client counts as stuck; one ping
 *     later it is cut off
 * @param idle after the last line of the log until the session ends
 */
record SessionLimits(QueueBounds queue, Duration ping, Duration patience, Duration idle) {
  static final SessionLimits DEFAULT =
      new SessionLimits(
          new QueueBounds(10_000, 8 << 20),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofHours(1));

  SessionLimits withQueue(QueueBounds other) {
    return new SessionLimits(other, ping, patience, idle);
  }

  SessionLimits withPing(Duration other) {
    return new SessionLimits(queue, other, patience, idle);
  }

  SessionLimits withPatience(Duration other) {
    return new SessionLimits(queue, ping, other, idle);
  }

  SessionLimits withIdle(Duration other) {
    return new SessionLimits(queue, ping, patience, other);
  }
}
