package org.runmetrics.web.answer;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.query.RunPage;
import org.runmetrics.view.MetricsSummary;
import org.runmetrics.web.text.JsonOutput;

/** Answers of the V2 API about runs, which it calls experiments. */
public final class ExperimentJson {
  private ExperimentJson() {}

  /** Writes a run of the list. */
  @FunctionalInterface
  private interface Entry<R> {
    void write(R run, JsonOutput output) throws IOException;
  }

  /** Returns a page of the list, but for how long it took to find: {@link #timed} adds that. */
  public static byte[] page(RunPage<RunInfo> page) {
    return page(page, RunJson::write);
  }

  /** Returns a page of the list with some of what else is known of each run. */
  public static byte[] page(RunPage<RunFacts> page, Set<RunJson.Part> parts) {
    return page(page, (run, output) -> RunJson.write(run, parts, output));
  }

  private static <R> byte[] page(RunPage<R> page, Entry<R> entry) {
    return JsonOutput.text(
        RunJson.ROOM_BYTES * (page.runs().size() + 1),
        output -> {
          output.raw("{\"experiments\":[");
          boolean first = true;
          for (R run : page.runs()) {
            entry.write(run, output.raw(first ? "" : ","));
            first = false;
          }
          output.raw("],\"total\":").whole(page.total());
          output.raw(",\"page\":").whole(page.number());
          output.raw(",\"per_page\":").whole(page.size());
          output.raw(",\"has_next\":").raw(Boolean.toString(page.hasNext()));
          output.raw(",\"has_prev\":").raw(Boolean.toString(page.hasPrevious()));
        });
  }

  /** Ends a page by how long it took to find, in nanoseconds. */
  public static byte[] timed(byte[] page, long nanoseconds) {
    return JsonOutput.text(
        page.length + RunJson.ROOM_BYTES,
        output ->
            output
                .bytes(page)
                .raw(",\"query_time_ms\":")
                .decimal(milliseconds(nanoseconds))
                .raw("}"));
  }

  /**
   * Returns the detail of a run.
   *
   * @param environment whether the run describes its machine
   * @param files how many files the run holds
   */
  public static byte[] detail(RunInfo run, MetricsSummary summary, boolean environment, int files) {
    return JsonOutput.text(
        RunJson.ROOM_BYTES,
        output -> {
          output.raw("{\"experiment\":");
          RunJson.write(run, output);
          output.raw(",\"metrics_summary\":{\"total_data_points\":").whole(summary.dataPoints());
          output.raw(",\"available_metrics\":").strings(summary.metrics());
          output.raw(",\"step_range\":{\"min\":");
          whole(summary.minStep(), output);
          output.raw(",\"max\":");
          whole(summary.maxStep(), output);
          output.raw("}},\"environment_available\":").raw(Boolean.toString(environment));
          output.raw(",\"file_count\":").whole(files).raw("}");
        });
  }

  private static void whole(OptionalLong value, JsonOutput output) throws IOException {
    if (value.isPresent()) {
      output.whole(value.getAsLong());
    } else {
      output.raw("null");
    }
  }

  /** Returns milliseconds to the microsecond: beyond it they would only look exact. */
  private static double milliseconds(long nanoseconds) {
    return Math.round(nanoseconds / 1e3) / 1e3;
  }
}
