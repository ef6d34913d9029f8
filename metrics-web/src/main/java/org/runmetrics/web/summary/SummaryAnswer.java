package org.runmetrics.web.summary;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.curve.MetricNames;
import org.runmetrics.json.Json;
import org.runmetrics.series.Metric;
import org.runmetrics.view.MetricStatistics;
import org.runmetrics.view.Table;
import org.runmetrics.web.answer.StreamedAnswer;
import org.runmetrics.web.text.JsonOutput;
import org.runmetrics.web.text.JsonTree;

/**
 * The statistics of metrics of some runs on their way to a client, run by run as they are gathered.
 *
 * @param tables the runs' rows by their ids
 * @param metrics for each run those that are wanted
 * @param missingRuns ids without a run
 * @param missingMetrics names that no run has a metric of
 */
record SummaryAnswer(
    Map<String, Table> tables,
    Map<String, List<Metric>> metrics,
    List<String> missingRuns,
    List<String> missingMetrics)
    implements StreamedAnswer {

  /** Finds the metrics that are wanted. */
  static SummaryAnswer of(Map<String, Table> tables, MetricNames names, List<String> missingRuns) {
    Map<String, List<Metric>> metrics = new LinkedHashMap<>();
    tables.forEach((id, table) -> metrics.put(id, names.of(table.metrics())));
    return new SummaryAnswer(tables, metrics, missingRuns, names.unmatched());
  }

  @Override
  public void write(OutputStream stream) throws IOException {
    JsonOutput output = new JsonOutput(stream);
    output.raw("{\"summary\":[");
    String separator = "";
    for (Map.Entry<String, Table> run : tables.entrySet()) {
      List<Metric> wanted = metrics.getOrDefault(run.getKey(), List.of());
      for (MetricStatistics statistics : MetricStatistics.of(run.getValue(), wanted)) {
        write(run.getKey(), statistics, output.raw(separator));
        separator = ",";
      }
    }
    output.raw("],\"missing\":{\"runs\":").strings(missingRuns);
    output.raw(",\"metrics\":").strings(missingMetrics).raw("}}").flush();
  }

  private static void write(String run, MetricStatistics statistics, JsonOutput output)
      throws IOException {
    output.raw("{\"run\":").string(run);
    output.raw(",\"metric\":").string(statistics.metric().name());
    value(",\"first\":", statistics.first(), output);
    value(",\"last\":", statistics.last(), output);
    value(",\"min\":", statistics.min(), output);
    value(",\"max\":", statistics.max(), output);
    step(",\"min_step\":", statistics.minStep(), output);
    step(",\"max_step\":", statistics.maxStep(), output);
    output.raw(",\"count\":").whole(statistics.count());
    output.raw(",\"nonfinite\":").whole(statistics.nonfinite()).raw("}");
  }

  private static void value(String name, Optional<Json.Scalar> value, JsonOutput output)
      throws IOException {
    JsonTree.write(value.orElse(Json.Null.NULL), output.raw(name));
  }

  private static void step(String name, OptionalLong step, JsonOutput output) throws IOException {
    output.raw(name);
    if (step.isPresent()) {
      output.whole(step.getAsLong());
    } else {
      output.raw("null");
    }
  }
}
