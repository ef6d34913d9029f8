package org.runmetrics.curve;

/**
 * An exponential moving average without the bias to its start, as TensorBoard draws it.
 *
 * <p>The correction is that of Adam (Kingma and Ba, 2015): the average starts from zero, whose
 * weight after n values is the n-th power of the weight of what came before.
 */
final class Smoothing {
  private final double weight;
  private double average;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** The weight that the start from zero still has. */
  private double startWeight = 1;

  Smoothing(double weight) {
    this.weight = weight;
  }

  /** Takes the next value and returns the smoothed one; what is not finite passes as it is. */
  double next(double value) {
    if (!Double.isFinite(value)) {
      return value;
    }
    average = weight * average + (1 - weight) * value;
    startWeight *= weight;
    min = Math.min(min, value);
    max = Math.max(max, value);
    // An average lies among its values, which rounding alone would not keep to.
    return Math.max(min, Math.min(max, average / (1 - startWeight)));
  }
}
