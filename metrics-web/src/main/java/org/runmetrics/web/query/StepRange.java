package org.runmetrics.web.query;

/**
 * A range of steps, both ends included.
 *
 * @param min the first step, or the smallest there is
 * @param max the last step, or the largest there is
 */
record StepRange(long min, long max) {
  static final StepRange ALL = new StepRange(Long.MIN_VALUE, Long.MAX_VALUE);
}
