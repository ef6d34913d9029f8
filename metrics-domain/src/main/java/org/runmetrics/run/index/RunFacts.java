package org.runmetrics.run.index;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;
import org.runmetrics.watch.DirectoryChanges;

/**
 * What is known of a directory that may be a run.
 *
 * <p>It is looked at when it is asked for, and again once it may have changed. Not thread-safe.
 */
final class RunFacts {
  /** What may have changed. */
  enum Change {
    NOTHING,
    INFO,
    RUN
  }

  /** Written in place; all else that matters comes or goes. */
  private static final Set<String> TELLING = Set.of("meta.json", "status.json", "summary.json");

  private final Path path;
  private Optional<RunFiles> files = Optional.empty();

  /** Whether the files' states tell any change since. */
  private boolean settled;

  private Optional<RunInfo> info = Optional.empty();
  private boolean outdated = true;

  RunFacts(Path path) {
    this.path = path;
  }

  /** Tells whether anybody asked. */
  boolean isKnown() {
    return files.isPresent();
  }

  /** Returns the run's files, as far as anything is known to have changed. */
  RunFiles files() {
    return files.orElseGet(this::look);
  }

  /** Returns what the run says; the same object as long as that is the same. */
  RunInfo info(RunDirectory run) {
    if (outdated || info.isEmpty()) {
      RunInfo now = RunInfo.of(run);
      info = info.filter(now::equals).or(() -> Optional.of(now));
      outdated = false;
    }
    return info.get();
  }

  /** Takes note of changes that were reported. */
  Change apply(DirectoryChanges changes) {
    boolean matters =
        !changes.replaced().isEmpty()
            || changes.written().stream().anyMatch(name -> TELLING.contains(name.toString()));
    if (files.isEmpty() || !matters) {
      return Change.NOTHING;
    }
    RunFiles before = files.get();
    outdated = true;
    return look().isSameRun(before) ? Change.INFO : Change.RUN;
  }

  /** Looks at the files' states. */
  Change verify() {
    if (files.isEmpty()) {
      return Change.NOTHING;
    }
    RunFiles before = files.get();
    boolean told = settled;
    RunFiles now = look();
    if (told && now.equals(before)) {
      return Change.NOTHING;
    }
    outdated = true;
    return now.isSameRun(before) ? Change.INFO : Change.RUN;
  }

  private RunFiles look() {
    // The time is taken first: what is written while the files are looked at is not settled.
    Instant now = Instant.now();
    RunFiles found = RunFiles.of(path);
    settled = found.isSettled(now);
    files = Optional.of(found);
    return found;
  }
}
