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
    return JsonFiles.read(
        run,
        files -> {
          Json.Fields summary = files.summary();
          return of(RunInfo.of(run, files, summary), files, summary);
        });
  }

  /** Reads what is to be added to what a run says. */
  public static RunFacts of(RunInfo info) {
    return JsonFiles.read(info.run(), files -> of(info, files, files.summary()));
  }

  private static RunFacts of(RunInfo info, JsonFiles files, Json.Fields summary) {
    Map<String, Json> parameters = RunParameters.of(files.assets());
    return new RunFacts(info, BoundedFields.of(summary.values()), BoundedFields.of(parameters));
  }
}
