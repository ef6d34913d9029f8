package org.runmetrics.run.index;

import java.time.Duration;

/**
 * How an index spends its time.
 *
 * @param report how long to wait for the operating system to report what happened
 * @param unwatched the longest time from one look at what is not watched to the next
 * @param watched the same of what is watched, in case that something was not reported
 * @param process from one look at the process of a running run to the next
 * @param retry from the loss of a watch to the next try
 * @param idle without a question, until the watch ends
 */
record Pace(
    Duration report,
    Duration unwatched,
    Duration watched,
    Duration process,
    Duration retry,
    Duration idle) {
  static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5));
}
