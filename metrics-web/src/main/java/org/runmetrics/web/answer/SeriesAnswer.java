package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.runmetrics.curve.Comparison;
import org.runmetrics.curve.DrawThreads;

/**
 * The series of some runs on their way to a client.
 *
 * @param axis the axis as it was named
 * @param comparison the curves
 * @param missingRuns ids without a run
 * @param threads draw ahead
 */
public record SeriesAnswer(
    String axis, Comparison comparison, List<String> missingRuns, DrawThreads threads)
    implements StreamedAnswer {
  @Override
  public void write(OutputStream stream) throws IOException {
    SeriesWriter.write(this, stream);
  }
}
