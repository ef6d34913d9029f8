package org.runmetrics.log.row;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.runmetrics.log.LogFile;
import org.runmetrics.log.LogLines;
import org.runmetrics.run.RunDirectory;

/**
 * A log as it was at one moment, open for one request.
 *
 * <p>What is written later is not seen. If the log is cut or written anew meanwhile, no answer is
 * made of the two. Not safe for use by several threads.
 */
public final class OpenLog implements AutoCloseable {
  private final LogLines lines;
  private final LogVersion version;
  private final LogIndex index;

  /** The last bytes of the version. */
  private final byte[] end;

  private OpenLog(LogLines lines, LogVersion version, LogIndex index, byte[] end) {
    this.lines = lines;
    this.version = version;
    this.index = index;
    this.end = end;
  }

  static OpenLog of(LogFile file, RunDirectory run, LogIndex index) throws IOException {
    // Looked at first: a run that has ended has written everything.
    boolean ended = LogLines.hasEnded(run);
    LogVersion version = LogVersion.of(file, run, ended);
    return new OpenLog(LogLines.of(file, ended), version, index, file.before(version.size()));
  }

  /** Returns which log it is, and how much of it. */
  public LogVersion version() {
    return version;
  }

  /**
   * Returns some rows.
   *
   * @param row the number of the first one, or below zero the place from the end: -1 is the last
   *     row. Beyond the end there are none
   * @param rows how many at most, at least 1; fewer come if their text is longer than an answer
   * @throws ReplacedException if the log was replaced meanwhile
   */
  public LogWindow window(long row, int rows) throws IOException {
    Marks marks = index.marks(lines, version);
    RowScan tail = new RowScan(lines, marks.at(version.size()), version.size());
    tail.all(RowTaker.NONE);
    long total = tail.row();
    long first = row < 0 ? Math.max(0, total + row) : Math.min(total, row);
    long end = Math.min(total, first + rows);
    WindowRows taken = new WindowRows(first, end, row < 0);
    if (first < end) {
      new RowScan(lines, marks.inFrontOf(first, version.size()), version.size()).all(taken);
    }
    List<LogRow> found = taken.rows();
    check();
    return found.isEmpty()
        ? new LogWindow(total, total, found, tail.offset(), version.size())
        : new LogWindow(
            found.get(0).row(), total, found, found.get(found.size() - 1).offset(), version.size());
  }

  /** Checks that all that was read was read of one log. */
  private void check() throws IOException {
    if (lines.file().channel().size() < version.size()
        || !Arrays.equals(end, lines.file().before(version.size()))) {
      throw new ReplacedException();
    }
  }

  @Override
  public void close() {
    lines.file().closeQuietly();
  }
}
