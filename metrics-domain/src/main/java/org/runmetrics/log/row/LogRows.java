package org.runmetrics.log.row;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.log.LogFile;
import org.runmetrics.run.RunDirectory;

/**
 * The logs of runs, row by row.
 *
 * <p>Where the rows are is kept of the logs that were asked for last. Safe for use by several
 * threads.
 */
public final class LogRows {
  private static final int MAX_LOGS = 32;

  private static final long SPACING_BYTES = 64 << 10;

  private final long spacing;

  /** By the log's name, the one that was not asked for the longest first; guarded by this. */
  private final Map<Path, LogIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);

  /** Knows no log yet. */
  public LogRows() {
    this(SPACING_BYTES);
  }

  /**
   * Knows no log yet.
   *
   * @param spacing bytes between two places of a log that are kept
   */
  LogRows(long spacing) {
    this.spacing = spacing;
  }

  /** Opens the log that a run has now, or nothing if there is none that can be read. */
  public Optional<OpenLog> open(RunDirectory run) throws IOException {
    Optional<LogFile> file = LogFile.open(run);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OpenLog.of(file.get(), run, index(run.logName())));
    } catch (IOException | RuntimeException unreadable) {
      file.get().closeQuietly();
      throw unreadable;
    }
  }

  private synchronized LogIndex index(Path log) {
    LogIndex index = indexes.computeIfAbsent(log, name -> new LogIndex(spacing));
    if (indexes.size() > MAX_LOGS) {
      indexes.remove(indexes.keySet().iterator().next());
    }
    return index;
  }
}
