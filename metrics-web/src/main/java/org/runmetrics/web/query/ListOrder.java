package org.runmetrics.web.query;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.query.FactsOrder;
import org.runmetrics.run.query.RunField;

/**
 * How a list of runs is ordered.
 *
 * @param name a field, or a parameter or a metric after its prefix
 * @param descending whether the largest comes first
 */
record ListOrder(String name, boolean descending) {
  static final String PARAMETER = "param.";
  static final String METRIC = "metric.";

  /** What the list of runs calls {@code created_time}, the V2 API calls so. */
  private static final String CREATED_AT = "created_at";

  /** Reads the parameters of a request. */
  static ListOrder of(Parameters parameters) {
    String name =
        parameters.choice(
            "order_by",
            "created_time",
            CREATED_AT,
            "id",
            "name",
            "project",
            "status",
            "path",
            "best_metric_value",
            PARAMETER + "<name>",
            METRIC + "<name>");
    return new ListOrder(name, parameters.flag("order_desc", true));
  }

  /** Returns whether more is needed than what every list shows. */
  boolean needsFacts() {
    return name.startsWith(PARAMETER) || name.startsWith(METRIC);
  }

  /** Returns the order by a field. */
  Comparator<RunInfo> ofRuns() {
    RunField field =
        name.equals(CREATED_AT)
            ? RunField.CREATED_TIME
            : RunField.valueOf(name.toUpperCase(Locale.ROOT));
    return field.order(descending);
  }

  /** Returns the order of some runs, of which what they have logged may be asked for. */
  Comparator<RunFacts> ofFacts(List<RunFacts> runs, RequestedRuns requested) {
    if (name.startsWith(PARAMETER)) {
      return FactsOrder.ofParameter(name.substring(PARAMETER.length()), descending);
    }
    if (name.startsWith(METRIC)) {
      MetricValues values = MetricValues.of(name.substring(METRIC.length()), runs, requested);
      return FactsOrder.ofNumber(values::of, descending);
    }
    Comparator<RunInfo> order = ofRuns();
    return (one, other) -> order.compare(one.info(), other.info());
  }
}
