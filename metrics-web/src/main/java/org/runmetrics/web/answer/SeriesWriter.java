package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;
import org.runmetrics.curve.Curve;
import org.runmetrics.curve.Numbers;
import org.runmetrics.series.Metric;
import org.runmetrics.web.text.JsonOutput;

/** Streams series as JSON, curve by curve as they are drawn and written by many threads. */
final class SeriesWriter {
  /** About the most that a curve takes besides its numbers, and what each of those takes. */
  private static final int FRAME_BYTES = 1 << 10;

  private static final int NUMBER_BYTES = 16;

  private SeriesWriter() {}

  static void write(SeriesAnswer answer, OutputStream stream) throws IOException {
    JsonOutput output = new JsonOutput(stream);
    output.raw("{\"axis\":").string(answer.axis());
    output.raw(",\"points\":").whole(answer.comparison().points());
    output.raw(",\"series\":[");
    boolean[] first = {true};
    answer
        .comparison()
        .draw(
            answer.threads(),
            SeriesWriter::text,
            curve -> {
              output.raw(first[0] ? "" : ",").bytes(curve);
              first[0] = false;
            });
    output.raw("],\"missing\":{\"runs\":").strings(answer.missingRuns());
    output.raw(",\"metrics\":").strings(answer.comparison().missingMetrics());
    output.raw("},\"truncated\":").raw(Boolean.toString(answer.comparison().isTruncated()));
    output.raw("}").flush();
  }

  /**
   * Returns the text of a curve, made by the thread that draws it: one thread alone would be too
   * slow.
   */
  private static byte[] text(String run, Metric metric, long total, Curve curve) {
    int numbers = curve.x().count() * (curve.bands().isPresent() ? 4 : 2);
    int room = FRAME_BYTES + NUMBER_BYTES * numbers;
    return JsonOutput.text(room, output -> write(run, metric, total, curve, output));
  }

  private static void write(String run, Metric metric, long total, Curve curve, JsonOutput output)
      throws IOException {
    output.raw("{\"run\":").string(run).raw(",\"metric\":").string(metric.name());
    output.raw(",\"total\":").whole(total);
    write("x", curve.x(), output);
    write("y", curve.y(), output);
    if (curve.bands().isPresent()) {
      write("min", curve.bands().min(), output);
      write("max", curve.bands().max(), output);
    }
    output.raw("}");
  }

  private static void write(String name, Numbers numbers, JsonOutput output) throws IOException {
    output.raw(",\"").raw(name).raw("\":[");
    for (int i = 0; i < numbers.count(); i++) {
      if (i > 0) {
        output.raw(",");
      }
      if (numbers.isWhole(i)) {
        output.whole(numbers.whole(i));
      } else if (Double.isFinite(numbers.decimal(i))) {
        output.decimal(numbers.decimal(i));
      } else {
        output.token(JsonDialect.NULL);
      }
    }
    output.raw("]");
  }
}
