package org.runmetrics.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.runmetrics.event.Event;

/** Gathers a run's metrics in the order in which they were first logged. */
public final class MetricIndex {
  private final Map<String, Metric> metrics = new LinkedHashMap<>();

  /** Goes on where a list of metrics ended. */
  public MetricIndex(List<Metric> known) {
    known.forEach(metric -> metrics.put(metric.name(), metric));
  }

  /** Takes note of an event's values. */
  public void add(Event.Metrics event) {
    event
        .values()
        .forEach(
            (name, value) ->
                metrics.compute(
                    name,
                    (key, metric) ->
                        (metric == null ? Metric.named(key) : metric).with(event, value)));
  }

  /** Returns the metrics so far. */
  public List<Metric> metrics() {
    return List.copyOf(metrics.values());
  }
}
