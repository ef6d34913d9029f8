package org.runmetrics.run.query;

import java.util.OptionalDouble;

/**
 * The numbers between two ends that belong to it, of which each may be open.
 *
 * @param min the smallest number
 * @param max the largest number
 */
public record NumberRange(OptionalDouble min, OptionalDouble max) {
  /** The range of all numbers, and of no number at all. */
  public static final NumberRange ALL =
      new NumberRange(OptionalDouble.empty(), OptionalDouble.empty());

  /** Returns whether a number is in the range; no number is only in the range without ends. */
  boolean contains(OptionalDouble number) {
    if (min.isEmpty() && max.isEmpty()) {
      return true;
    }
    return number.isPresent()
        && (min.isEmpty() || number.getAsDouble() >= min.getAsDouble())
        && (max.isEmpty() || number.getAsDouble() <= max.getAsDouble());
  }
}
