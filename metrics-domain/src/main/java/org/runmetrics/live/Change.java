package org.runmetrics.live;

/** What changed from one place to another. */
public sealed interface Change permits MetricsChange, RunsChange {

  /** Returns whether there is nothing that a listener would want to hear. */
  boolean isEmpty();
}
