package org.runmetrics.curve;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.runmetrics.series.Metric;

/** Metrics that are wanted by name or by {@link Glob}. */
public final class MetricNames {
  /** What tells when a row was logged, and is drawn only when it is asked for. */
  private static final Set<String> CLOCKS = Set.of("time", "ts");

  private final List<Glob> wanted;
  private final Set<Glob> matched = new HashSet<>();

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
    Set<Metric> found = new LinkedHashSet<>();
    for (Glob glob : wanted) {
      List<Metric> some = numeric.stream().filter(metric -> isMeant(glob, metric.name())).toList();
      if (!some.isEmpty()) {
        matched.add(glob);
        found.addAll(some);
      }
    }
    return List.copyOf(found);
  }

  private boolean isMeant(Glob glob, String name) {
    return exact.contains(glob.text()) ? glob.text().equals(name) : glob.matches(name);
  }

  /** Returns what no metric was found for so far. */
  public List<String> unmatched() {
    return wanted.stream().filter(glob -> !matched.contains(glob)).map(Glob::text).toList();
  }
}
