package org.runmetrics.view;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.json.Json;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Segment;
import org.runmetrics.series.Series;
import org.runmetrics.series.column.Aggregate;

/**
 * The finite values of a metric in a few numbers, in the order of the steps.
 *
 * <p>They are integers if all that was logged are. Without a finite value there is none of them.
 *
 * @param metric the metric
 * @param first the value of the first row that has one
 * @param last the value of the last row that has one
 * @param min the smallest value
 * @param max the largest value
 * @param minStep the step of the first row that has the smallest value
 * @param maxStep the step of the first row that has the largest value
 * @param count how many values are finite
 * @param nonfinite how many are NaN or infinite
 */
public record MetricStatistics(
    Metric metric,
    Optional<Json.Scalar> first,
    Optional<Json.Scalar> last,
    Optional<Json.Scalar> min,
    Optional<Json.Scalar> max,
    OptionalLong minStep,
    OptionalLong maxStep,
    long count,
    long nonfinite) {

  /**
   * Returns the rows that the statistics of a run are of: one for each step; of a run that logged
   * no step at all, one for each event that has a time.
   */
  public static Table rows(Series series) {
    return Table.of(series, series.min(Axis.STEP).isPresent() ? Axis.STEP : Axis.EVENT_TIME);
  }

  /**
   * Gathers the statistics of some metrics from the aggregates of their columns.
   *
   * @param table see {@link #rows}
   */
  public static List<MetricStatistics> of(Table table, List<Metric> metrics) {
    List<StatisticsBuilder> builders = metrics.stream().map(StatisticsBuilder::new).toList();
    Aggregate aggregate = new Aggregate();
    for (TableSegment rows : table.segments()) {
      Segment segment = rows.segment();
      for (StatisticsBuilder builder : builders) {
        builder.add(rows, segment, table.axis(), aggregate);
      }
    }
    return builders.stream().map(builder -> builder.build(aggregate)).toList();
  }
}
