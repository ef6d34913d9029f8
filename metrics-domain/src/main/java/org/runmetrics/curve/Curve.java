package org.runmetrics.curve;

/**
 * A curve as it is drawn.
 *
 * @param x places on the axis, ascending
 * @param y for each place its value; the mean of a bucket, or NaN if none of its values is finite
 * @param bands the extremes of each bucket, or none if each point is a value
 */
public record Curve(Numbers x, Numbers y, Bands bands) {

  /**
   * Extremes.
   *
   * @param min for each point the smallest finite value in its bucket, or NaN
   * @param max the largest
   */
  public record Bands(Numbers min, Numbers max) {
    static final Bands NONE = new Bands(new Numbers(0), new Numbers(0));

    /** Returns whether there are any. */
    public boolean isPresent() {
      return min.count() > 0;
    }
  }
}
