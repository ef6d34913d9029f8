package org.runmetrics.series.column;

/** Bits of doubles as integers of the same order, so that both are compared alike. */
public final class DoubleBits {
  private DoubleBits() {}

  /** Makes of a double's bits an integer of the same order, and of that the bits again. */
  public static long ordered(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
