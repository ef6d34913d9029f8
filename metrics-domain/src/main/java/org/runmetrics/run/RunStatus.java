package org.runmetrics.run;

import java.util.OptionalDouble;
import org.runmetrics.json.Json;

/**
 * What {@code status.json} says.
 *
 * @param status the tracker's word, such as {@code running}, {@code finished} or {@code failed};
 *     {@code unknown} if there is none
 * @param startedAt epoch seconds
 * @param endedAt epoch seconds
 */
public record RunStatus(String status, OptionalDouble startedAt, OptionalDouble endedAt) {

  private static final String UNKNOWN = "unknown";

  /** Reads the status of a run now. */
  public static RunStatus of(RunDirectory run) {
    Json.Fields fields = JsonFile.read(run.status());
    return new RunStatus(
        fields.text("status").orElse(UNKNOWN),
        fields.finite("started_at"),
        fields.finite("ended_at"));
  }

  /** Tells whether the file has a status. */
  public boolean isKnown() {
    return !status.equals(UNKNOWN);
  }

  /** Tells whether more events may come. */
  public boolean isRunning() {
    return status.equals("running");
  }
}
