package org.runmetrics.run.index;

import java.util.Optional;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.RunProcess;

/** The run that a directory holds, with what it said when it was read. Not thread-safe. */
final class HeldRun {
  private final RunDirectory directory;
  private Optional<RunInfo> info = Optional.empty();
  private boolean outdated;

  /** Read when somebody asks for them, since most that ask for runs do not need them. */
  private Optional<RunFacts> facts = Optional.empty();

  /** When the run's process was looked for, by {@link System#nanoTime}. */
  private long lived = System.nanoTime();

  HeldRun(RunDirectory directory) {
    this.directory = directory;
  }

  RunDirectory directory() {
    return directory;
  }

  /** Returns what the run says; the same object as long as that is the same. */
  RunInfo info() {
    if (outdated || info.isEmpty()) {
      RunInfo now = RunInfo.of(directory);
      info = info.filter(now::equals).or(() -> Optional.of(now));
      outdated = false;
    }
    return info.get();
  }

  /** Returns what the run was started with and what came of it. */
  RunFacts facts() {
    RunInfo now = info();
    RunFacts current =
        facts.filter(known -> known.info().equals(now)).orElseGet(() -> RunFacts.of(now));
    facts = Optional.of(current);
    return current;
  }

  /** Takes note that the run may say something else. */
  void doubt() {
    outdated = true;
    facts = Optional.empty();
  }

  /** Returns whether the process of a running run is there no more, which no file says. */
  boolean hasLostProcess(long now, Pace pace) {
    Optional<RunProcess> process = info.flatMap(said -> said.status().process());
    if (process.isEmpty() || now - lived < pace.process().toNanos()) {
      return false;
    }
    lived = now;
    boolean lost = process.get().isGone();
    outdated |= lost;
    return lost;
  }
}
