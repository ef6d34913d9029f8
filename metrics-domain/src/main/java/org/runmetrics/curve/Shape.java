package org.runmetrics.curve;

/** How a curve is drawn that has more values than points. */
public enum Shape {
  /** Mean, minimum and maximum of buckets of equal width on the axis. */
  MINMAX,
  /** Values that were logged, chosen so that the line looks the same. */
  LTTB,
  /** All values. */
  RAW
}
