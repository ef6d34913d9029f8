package org.runmetrics.run;

import java.util.Optional;
import java.util.OptionalDouble;
import org.runmetrics.json.Json;

/**
 * What {@code status.json} says, unless the process that wrote it is gone.
 *
 * <p>A process that is killed leaves {@code running} behind. Where it was one of this machine and
 * is there no more, the run has failed, whatever the file says. Of processes elsewhere nothing is
 * known.
 *
 * @param status the tracker's word, such as {@code running}, {@code finished} or {@code failed};
 *     {@code unknown} if there is none
 * @param startedAt epoch seconds
 * @param endedAt epoch seconds
 * @param exitReason why it ended, if that is known; {@value #PROCESS_NOT_FOUND} if the process is
 *     gone
 * @param process what a running run depends on, if it is a process of this machine
 */
public record RunStatus(
    String status,
    OptionalDouble startedAt,
    OptionalDouble endedAt,
    Optional<String> exitReason,
    Optional<RunProcess> process) {
  /** Why a run failed whose process is gone. */
  public static final String PROCESS_NOT_FOUND = "process_not_found";

  private static final String UNKNOWN = "unknown";
  private static final String RUNNING = "running";

  /** Reads the status of a run now. */
  public static RunStatus of(RunDirectory run) {
    return JsonFiles.read(
        run,
        files -> {
          RunStatus told = of(files.status());
          return told.isRunning() ? told.judge(files.meta(), run.host()) : told;
        });
  }

  /** Returns the status of a run by what its files say. */
  static RunStatus of(RunDirectory run, Json.Fields status, Json.Fields meta) {
    return of(status).judge(meta, run.host());
  }

  private static RunStatus of(Json.Fields fields) {
    return new RunStatus(
        fields.text("status").orElse(UNKNOWN),
        fields.finite("started_at"),
        fields.finite("ended_at"),
        fields.text("exit_reason"),
        Optional.empty());
  }

  /** Returns whether the file has a status. */
  public boolean isKnown() {
    return !status.equals(UNKNOWN);
  }

  /** Returns whether more events may come. */
  public boolean isRunning() {
    return status.equals(RUNNING);
  }

  private RunStatus judge(Json.Fields meta, Host host) {
    Optional<RunProcess> own =
        isRunning() ? RunProcess.of(meta, startedAt, host) : Optional.empty();
    return own.filter(RunProcess::isGone).isPresent()
        ? new RunStatus(
            "failed", startedAt, endedAt, Optional.of(PROCESS_NOT_FOUND), Optional.empty())
        : new RunStatus(status, startedAt, endedAt, exitReason, own);
  }
}
