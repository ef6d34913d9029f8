package org.runmetrics.image;

import java.util.Set;

/**
 * Which images are wanted.
 *
 * @param keys the names they were logged under; none for all
 * @param minStep the first step
 * @param maxStep the last step; an image without a step is wanted if all steps are
 */
public record ImageFilter(Set<String> keys, long minStep, long maxStep) {

  /** Returns whether each image is wanted. */
  public boolean isOpen() {
    return keys.isEmpty() && hasAllSteps();
  }

  boolean lets(Image image) {
    boolean step =
        image.step().isPresent()
            ? image.step().getAsLong() >= minStep && image.step().getAsLong() <= maxStep
            : hasAllSteps();
    return step && (keys.isEmpty() || image.key().filter(keys::contains).isPresent());
  }

  private boolean hasAllSteps() {
    return minStep == Long.MIN_VALUE && maxStep == Long.MAX_VALUE;
  }
}
