package org.runmetrics.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers a run's metrics in the order in which they were first logged. */
public final class MetricIndex {
  private final Map<String, Metric> metrics = new LinkedHashMap<>();

  /** Goes on where a list of metrics ended. */
  public MetricIndex(List<Metric> known) {
    addAll(known);
  }

  /** Takes note of metrics of a later part of the file; once more does no harm. */
  public void addAll(List<Metric> later) {
    later.forEach(metric -> metrics.merge(metric.name(), metric, Metric::with));
  }

  /** Returns the metrics so far. */
  public List<Metric> metrics() {
    return List.copyOf(metrics.values());
  }
}
