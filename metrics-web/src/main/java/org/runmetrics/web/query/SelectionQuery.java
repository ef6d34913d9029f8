package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;
import org.runmetrics.web.answer.SelectionAnswer;

/**
 * What a request of the V2 API wants of a run's metrics by step.
 *
 * @param metrics names; none for all
 * @param stepRange the range of steps as it was given
 * @param range the same
 * @param downsample the most rows
 */
public record SelectionQuery(
    Names metrics, Optional<String> stepRange, StepRange range, OptionalInt downsample) {

  /** Reads the parameters of a request. */
  public static SelectionQuery of(UriInfo uri) {
    Parameters parameters = Parameters.of(uri, "metric_names", "step_range", "downsample");
    return new SelectionQuery(
        parameters.names("metric_names"),
        parameters.text("step_range"),
        parameters.stepRange("step_range"),
        parameters.integer("downsample", TableQuery.MIN_SAMPLE, TableQuery.MAX_SAMPLE));
  }

  /**
   * Answers the query with what a run has logged.
   *
   * @return rows that have any of the metrics; names that were never logged have no column
   */
  public SelectionAnswer answer(Series series) {
    long start = System.nanoTime();
    Table all = Table.bySteps(series);
    Set<String> logged =
        series.metrics().stream().map(Metric::name).collect(Collectors.toUnmodifiableSet());
    List<String> names = metrics.among(logged::contains);
    Set<String> wanted = Set.copyOf(names);
    Table table = names.isEmpty() ? all : all.only(metric -> wanted.contains(metric.name()));
    Rows rows = table.within(range.min(), range.max());
    if (!names.isEmpty()) {
      rows = table.filled(rows);
    }
    Rows sample = downsample.isPresent() ? table.sample(rows, downsample.getAsInt()) : rows;
    return new SelectionAnswer(names, stepRange, table, sample, rows.count(), start);
  }
}
