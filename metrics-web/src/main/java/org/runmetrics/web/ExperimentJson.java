package org.runmetrics.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.RunPage;

/** Answers of the V2 API about runs, which it calls experiments. */
final class ExperimentJson {
  private ExperimentJson() {}

  /**
   * Returns a page of the list.
   *
   * @param nanoseconds how long it took to find
   */
  static byte[] page(RunPage page, long nanoseconds) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      JsonOutput output = new JsonOutput(bytes).raw("{\"experiments\":[");
      boolean first = true;
      for (RunInfo run : page.runs()) {
        output.raw(first ? "" : ",");
        RunJson.write(run, output);
        first = false;
      }
      output.raw("],\"total\":").whole(page.total());
      output.raw(",\"page\":").whole(page.number());
      output.raw(",\"per_page\":").whole(page.size());
      output.raw(",\"has_next\":").raw(Boolean.toString(page.hasNext()));
      output.raw(",\"has_prev\":").raw(Boolean.toString(page.hasPrevious()));
      output.raw(",\"query_time_ms\":").decimal(milliseconds(nanoseconds)).raw("}").flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Returns milliseconds to the microsecond: beyond it they would only look exact. */
  private static double milliseconds(long nanoseconds) {
    return Math.round(nanoseconds / 1e3) / 1e3;
  }
}
