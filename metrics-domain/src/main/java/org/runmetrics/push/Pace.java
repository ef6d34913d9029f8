package org.runmetrics.push;

import java.time.Duration;

/**
 * How long clients are waited for.
 *
 * @param ping between two looks at a client, which is pinged if it is well. One that answers no two
 *     pings is gone
 * @param patience for the connection to take a message; after it the client is told to go, and one
 *     look later cut off
 * @param farewell for all clients together to go when the server stops
 */
public record Pace(Duration ping, Duration patience, Duration farewell) {
  /** For use over networks. */
  public static final Pace DEFAULT =
      new Pace(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(2));
}
