package org.runmetrics.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers a run's metrics in the order in which they were first logged. */
public final class MetricIndex {
  private final Map<String, Metric> metrics = new LinkedHashMap<>();

  /** Goes on where a list of metrics ended. */
  public MetricIndex(List<Metric> known) {
    known.forEach(metric -> metrics.put(metric.name(), metric));
  }

  /** Takes note of a segment's values; once more does no harm. */
  public void add(Segment segment) {
    segment
        .columns()
        .forEach(
            (name, column) ->
                metrics.compute(
                    name,
                    (key, metric) ->
                        (metric == null ? Metric.named(key) : metric).with(segment, column)));
  }

  /** Returns the metrics so far. */
  public List<Metric> metrics() {
    return List.copyOf(metrics.values());
  }
}
