package org.runmetrics.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.json.Json;

/**
 * A process on this machine that trains a run, as {@code meta.json} tells it.
 *
 * @param pid its number, which the system gives to another process some day
 * @param started epoch seconds at which it ran already
 */
public record RunProcess(long pid, OptionalDouble started) {
  /** Clocks are set, and the system tells the start of a process in steps. */
  private static final double SLACK_SECONDS = 10;

  /**
   * Returns the process of a run, if it is one of this machine.
   *
   * @param startedAt epoch seconds of the status; a run that is taken up again is older than its
   *     process
   */
  static Optional<RunProcess> of(Json.Fields meta, OptionalDouble startedAt, Host host) {
    OptionalLong pid = meta.whole("pid");
    if (pid.isEmpty() || meta.text("hostname").filter(host::isCalled).isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble created = meta.finite("created_at");
    double latest =
        Math.max(
            created.orElse(Double.NEGATIVE_INFINITY), startedAt.orElse(Double.NEGATIVE_INFINITY));
    return Optional.of(
        new RunProcess(
            pid.getAsLong(),
            Double.isInfinite(latest) ? OptionalDouble.empty() : OptionalDouble.of(latest)));
  }

  /** Returns whether the process is there no more; one that started later is another. */
  public boolean isGone() {
    Optional<ProcessHandle> process =
        pid > 0 ? ProcessHandle.of(pid).filter(ProcessHandle::isAlive) : Optional.empty();
    return process.isEmpty() || isLater(process.get()) || isZombie();
  }

  private boolean isLater(ProcessHandle process) {
    Optional<Instant> start = process.info().startInstant();
    return start.isPresent()
        && started.isPresent()
        && start.get().toEpochMilli() / 1000.0 > started.getAsDouble() + SLACK_SECONDS;
  }

  /** Linux keeps a process that ended until its parent asks for it, which some never do. */
  private boolean isZombie() {
    try {
      // The name, in brackets, may hold anything; the state is the letter after it.
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException elsewhere) {
      return false;
    }
  }
}
