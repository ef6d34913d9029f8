package org.runmetrics.web.summary;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.runmetrics.series.Axis;
import org.runmetrics.view.Stage;
import org.runmetrics.web.answer.StreamedAnswer;
import org.runmetrics.web.text.JsonOutput;

/**
 * The stages of some runs on their way to a client.
 *
 * @param runs the stages by the runs' ids
 * @param axis where they lie
 * @param missingRuns ids without a run
 */
record StagesAnswer(Map<String, RunStages> runs, Axis axis, List<String> missingRuns)
    implements StreamedAnswer {

  @Override
  public void write(OutputStream stream) throws IOException {
    JsonOutput output = new JsonOutput(stream);
    output.raw("{\"stages\":[");
    String separator = "";
    for (Map.Entry<String, RunStages> run : runs.entrySet()) {
      for (Stage stage : run.getValue().stages().all()) {
        write(run.getKey(), stage, run.getValue().origin(), output.raw(separator));
        separator = ",";
      }
    }
    List<String> truncated =
        runs.entrySet().stream()
            .filter(run -> !run.getValue().stages().complete())
            .map(Map.Entry::getKey)
            .toList();
    output.raw("],\"truncated\":").strings(truncated);
    output.raw(",\"missing\":{\"runs\":").strings(missingRuns).raw("}}").flush();
  }

  private void write(String run, Stage stage, double origin, JsonOutput output) throws IOException {
    output.raw("{\"run\":").string(run).raw(",\"stage\":").string(stage.text());
    place(stage.firstKey(), origin, output.raw(",\"from\":"));
    place(stage.lastKey(), origin, output.raw(",\"to\":"));
    output.raw(",\"events\":").whole(stage.events()).raw("}");
  }

  private void place(long key, double origin, JsonOutput output) throws IOException {
    if (axis == Axis.STEP) {
      output.whole(key);
    } else {
      output.decimal(Axis.timeOfKey(key) - origin);
    }
  }
}
