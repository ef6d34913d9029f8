package org.runmetrics.run.index;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that make a directory a run and tell about it, as they were at one moment.
 *
 * @param run whether the directory is a run, deleted or not
 * @param deleted whether the run was deleted
 */
record RunFiles(
    FileState meta,
    FileState status,
    FileState summary,
    FileState assets,
    boolean run,
    boolean deleted) {
  /** Files that are read; of all others it only matters whether they are there. */
  static final Set<String> READ = Set.of("meta.json", "status.json", "summary.json", "assets.json");

  /** Looks at a directory now. */
  static RunFiles of(Path directory) {
    FileState meta = FileState.of(directory.resolve("meta.json"));
    FileState status = FileState.of(directory.resolve("status.json"));
    return new RunFiles(
        meta,
        status,
        FileState.of(directory.resolve("summary.json")),
        FileState.of(directory.resolve("assets.json")),
        meta.exists() || status.exists() || exists(directory.resolve("events.jsonl")),
        exists(directory.resolve(".deleted")));
  }

  /** Returns whether a file may change without a change in the directory. */
  boolean isLinked() {
    return read().anyMatch(FileState::link);
  }

  /** Returns whether a walk finds the same run. */
  boolean isSameRun(RunFiles other) {
    return run == other.run && deleted == other.deleted;
  }

  /** Returns whether any later change shows in a file's state. */
  boolean isSettled(Instant now) {
    return read().allMatch(file -> file.isSettled(now));
  }

  private Stream<FileState> read() {
    return Stream.of(meta, status, summary, assets);
  }

  private static boolean exists(Path path) {
    return FileState.of(path).exists();
  }
}
