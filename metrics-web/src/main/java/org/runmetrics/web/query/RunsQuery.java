package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.query.RunField;

/**
 * How a request wants the list of runs.
 *
 * <p>{@code order} names what the runs are ordered by: texts ascend, times and values descend, so
 * that the newest run and the best come first. The order by {@code path} is that of the
 * directories. Unless said otherwise, the newest run is the first.
 *
 * @param order one of the words that are allowed
 */
public record RunsQuery(String order) {
  private static final String PATH = "path";

  /** Reads the parameters of a request. */
  public static RunsQuery of(UriInfo uri) {
    return new RunsQuery(
        Parameters.of(uri, "order")
            .choice(
                "order",
                "created_time",
                PATH,
                "id",
                "name",
                "project",
                "status",
                "best_metric_value"));
  }

  /** Orders all runs, which come in the order of their directories. */
  public List<RunInfo> answer(List<RunInfo> runs) {
    if (order.equals(PATH)) {
      return runs;
    }
    RunField field = RunField.valueOf(order.toUpperCase(Locale.ROOT));
    boolean descending = field == RunField.CREATED_TIME || field == RunField.BEST_METRIC_VALUE;
    return runs.stream().sorted(field.order(descending)).toList();
  }
}
