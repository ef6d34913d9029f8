package org.runmetrics.web.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Position;
import org.runmetrics.series.Series;

/**
 * What several runs have logged.
 *
 * @param series by the runs' ids, in the order in which they were asked for; at least one
 * @param missing ids of which there is no run that can be read
 */
public record FoundSeries(Map<String, Series> series, List<String> missing) {

  /** Returns how far the file of each was read. */
  public List<Position> positions() {
    return series.values().stream().map(Series::position).toList();
  }

  /** Returns the names under which any of them logged anything. */
  public Set<String> names() {
    return series.values().stream()
        .flatMap(logged -> logged.metrics().stream())
        .map(Metric::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
