package org.runmetrics.run;

import java.util.Map;
import org.runmetrics.json.Json;

/**
 * A run with what it was started with and what came of it.
 *
 * @param info what every list shows
 * @param summary the fields of {@code summary.json} as they are
 * @param parameters see {@link RunParameters}
 */
public record RunFacts(RunInfo info, BoundedFields summary, BoundedFields parameters) {

  /** Reads the files of a run now. */
  public static RunFacts of(RunDirectory run) {
    Json.Fields summary = JsonFile.read(run.summary());
    return of(RunInfo.of(run, summary), summary);
  }

  /** Reads what is to be added to what a run says. */
  public static RunFacts of(RunInfo info) {
    return of(info, JsonFile.read(info.run().summary()));
  }

  private static RunFacts of(RunInfo info, Json.Fields summary) {
    Map<String, Json> parameters = RunParameters.of(JsonFile.read(info.run().assets()));
    return new RunFacts(info, BoundedFields.of(summary.values()), BoundedFields.of(parameters));
  }
}
