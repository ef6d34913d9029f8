package org.runmetrics.web.query;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.runmetrics.json.Json;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunId;
import org.runmetrics.run.query.FactsOrder;
import org.runmetrics.series.Metric;
import org.runmetrics.view.MetricStatistics;
import org.runmetrics.view.Table;

/**
 * The values by which runs are ordered by a metric.
 *
 * <p>They are what the runs' own files tell, see {@link FactsOrder#told}. Of runs that tell nothing
 * it is the last value that they have logged, if all of those runs together are so few and small
 * that reading them is quick. That goes by their files and by nothing that was kept, so that each
 * page of a list has the same order.
 */
final class MetricValues {
  private static final int MAX_RUNS = 200;
  private static final long MAX_BYTES = 64L << 20;

  private final String metric;
  private final Map<RunId, OptionalDouble> values = new HashMap<>();

  private MetricValues(String metric) {
    this.metric = metric;
  }

  /** Finds the values of a metric. */
  static MetricValues of(String metric, List<RunFacts> runs, RequestedRuns requested) {
    MetricValues found = new MetricValues(metric);
    runs.forEach(run -> found.values.put(run.info().id(), FactsOrder.told(run, metric)));
    List<RunFacts> silent = runs.stream().filter(run -> found.of(run).isEmpty()).toList();
    if (silent.size() <= MAX_RUNS && bytes(silent) <= MAX_BYTES) {
      silent.forEach(
          run -> found.values.put(run.info().id(), found.last(run.info().run(), requested)));
    }
    return found;
  }

  OptionalDouble of(RunFacts run) {
    return values.getOrDefault(run.info().id(), OptionalDouble.empty());
  }

  private OptionalDouble last(RunDirectory run, RequestedRuns requested) {
    Optional<Table> rows = requested.readable(run).map(MetricStatistics::rows);
    return rows.stream()
        .flatMap(table -> MetricStatistics.of(table, metric(table)).stream())
        .flatMap(statistics -> statistics.last().stream())
        .mapToDouble(MetricValues::number)
        .findFirst();
  }

  private List<Metric> metric(Table table) {
    return table.metrics().stream()
        .filter(any -> any.numeric() && any.name().equals(metric))
        .toList();
  }

  private static double number(Json.Scalar value) {
    return value instanceof Json.Whole whole
        ? (double) whole.value()
        : value instanceof Json.Decimal decimal ? decimal.value() : Double.NaN;
  }

  private static long bytes(List<RunFacts> runs) {
    return runs.stream()
        .flatMap(run -> run.info().run().events().stream())
        .mapToLong(
            events -> {
              try {
                return events.stamp().size();
              } catch (IOException gone) {
                return 0;
              }
            })
        .sum();
  }
}
