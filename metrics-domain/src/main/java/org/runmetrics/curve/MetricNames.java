package org.runmetrics.curve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.runmetrics.series.Metric;

/** Metrics that are wanted by name or by {@link Glob}; used by one thread at a time. */
public final class MetricNames {
  /** What tells when a row was logged, and is drawn only when it is asked for. */
  private static final Set<String> CLOCKS = Set.of("time", "ts");

  private final List<Glob> wanted;
  private final Set<Glob> matched = new HashSet<>();
  private final Map<String, List<Glob>> known = new HashMap<>();

  /** Names that some run has, so they are no patterns, whatever signs they hold. */
  private final Set<String> exact;

  /**
   * Takes names and patterns; none stand for all metrics but the clocks.
   *
   * @param logged the names of all metrics of all runs
   */
  public MetricNames(List<String> names, Set<String> logged) {
    wanted = names.stream().map(Glob::new).toList();
    exact = Set.copyOf(names.stream().filter(logged::contains).toList());
  }

  /** Returns whether a metric of a name is wanted, as each is where none is named. */
  public boolean wants(String name) {
    return wanted.isEmpty() || wanted.stream().anyMatch(glob -> isMeant(glob, name));
  }

  /** Returns the numeric ones that are wanted, each once, in the order of names and patterns. */
  public List<Metric> of(List<Metric> metrics) {
    return of(metrics, new CurveAxis.Step());
  }

  /** Returns the numeric ones that are wanted, each once, in the order of names and patterns. */
  List<Metric> of(List<Metric> metrics, CurveAxis axis) {
    List<Metric> numeric = metrics.stream().filter(Metric::numeric).toList();
    if (wanted.isEmpty()) {
      return numeric.stream()
          .filter(metric -> !CLOCKS.contains(metric.name()))
          .filter(
              metric ->
                  !(axis instanceof CurveAxis.OfMetric other && other.name().equals(metric.name())))
          .toList();
    }
    Map<Glob, List<Metric>> some = new HashMap<>();
    for (Metric metric : numeric) {
      for (Glob glob : meaning(metric.name())) {
        some.computeIfAbsent(glob, first -> new ArrayList<>()).add(metric);
      }
    }
    matched.addAll(some.keySet());
    Set<Metric> found = new LinkedHashSet<>();
    wanted.forEach(glob -> found.addAll(some.getOrDefault(glob, List.of())));
    return List.copyOf(found);
  }

  /** Returns what means a name, which many runs may have. */
  private List<Glob> meaning(String name) {
    return known.computeIfAbsent(
        name, unknown -> wanted.stream().filter(glob -> isMeant(glob, name)).toList());
  }

  private boolean isMeant(Glob glob, String name) {
    return exact.contains(glob.text()) ? glob.text().equals(name) : glob.matches(name);
  }

  /** Returns what no metric was found for so far. */
  public List<String> unmatched() {
    return wanted.stream().filter(glob -> !matched.contains(glob)).map(Glob::text).toList();
  }
}
