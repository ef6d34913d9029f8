package org.runmetrics.view;

import java.util.List;
import java.util.OptionalLong;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;

/**
 * What a run has logged, at a glance.
 *
 * @param dataPoints the rows of its table by step; by time if it logged no step at all
 * @param metrics the names of what it logged numbers under, in the order in which they first came,
 *     but for {@code time}, which like the step tells where a row belongs
 * @param minStep the smallest step
 * @param maxStep the largest step
 */
public record MetricsSummary(
    long dataPoints, List<String> metrics, OptionalLong minStep, OptionalLong maxStep) {

  /** Summarizes a series, whether or not its file is damaged. */
  public static MetricsSummary of(Series series) {
    OptionalLong minStep = series.min(Axis.STEP);
    Axis axis = minStep.isPresent() ? Axis.STEP : Axis.TIME;
    return new MetricsSummary(
        Table.of(series, axis).rowCount(),
        series.metrics().stream()
            .filter(Metric::numeric)
            .map(Metric::name)
            .filter(name -> !name.equals(Axis.TIME.columnName()))
            .toList(),
        minStep,
        series.max(Axis.STEP));
  }
}
