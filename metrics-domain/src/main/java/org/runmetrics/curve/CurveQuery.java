package org.runmetrics.curve;

import java.util.OptionalDouble;

/**
 * What is wanted of curves.
 *
 * @param axis what they are drawn over
 * @param min the smallest place on the axis, or minus infinity
 * @param max the largest place on the axis, or infinity
 * @param points how many points each may have
 * @param shape how those are drawn that have more values
 * @param smooth the weight of what came before, above 0 and below 1, if they are smoothed
 */
public record CurveQuery(
    CurveAxis axis, double min, double max, int points, Shape shape, OptionalDouble smooth) {}
