package org.runmetrics.log.row;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
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
  /** How long rows are counted before the last of them are answered. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(100);

  private static final Duration SEARCH = Duration.ofSeconds(5);

  private static final int BLOCK_BYTES = 64 << 10;

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
   * <p>The end of a log is shown before all of its rows are counted, as that is what is looked at
   * first.
   *
   * @param row the number of the first one, or below zero the place from the end: -1 is the last
   *     row. Beyond the end there are none
   * @param rows how many at most, at least 1; fewer come if their text is longer than an answer
   * @throws ReplacedException if the log was replaced meanwhile
   */
  public LogWindow window(long row, int rows) throws IOException {
    return window(row, rows, FIRST_LOOK);
  }

  LogWindow window(long row, int rows, Duration time) throws IOException {
    Marks marks = row < 0 ? index.marks(lines, version, time) : index.marks(lines, version);
    LogWindow window =
        marks.complete()
            ? counted(row, rows, marks)
            : new LastRows(lines, version.size(), marks.last()).window(-row, rows);
    check();
    return window;
  }

  private LogWindow counted(long row, int rows, Marks marks) throws IOException {
    RowScan tail = new RowScan(lines, marks.at(version.size()), version.size());
    tail.all(RowTaker.NONE);
    long total = tail.row();
    long first = row < 0 ? Math.max(0, total + row) : Math.min(total, row);
    long last = Math.min(total, first + rows);
    WindowRows taken = new WindowRows(first, last, row < 0);
    if (first < last) {
      new RowScan(lines, marks.inFrontOf(first, version.size()), version.size()).all(taken);
    }
    List<LogRow> found = taken.rows();
    long start = found.isEmpty() ? total : found.get(0).row();
    long offset = found.isEmpty() ? tail.offset() : found.get(found.size() - 1).offset();
    return new LogWindow(start, total, true, found, offset, version.size());
  }

  /**
   * Searches all rows, for some seconds at most.
   *
   * @param fromRow the first row of which matches are wanted; all are counted
   * @param limit how many matches are wanted
   * @throws ReplacedException if the log was replaced meanwhile
   */
  public LogMatches search(TextSearch search, long fromRow, int limit) throws IOException {
    return search(search, fromRow, limit, SEARCH);
  }

  LogMatches search(TextSearch search, long fromRow, int limit, Duration time) throws IOException {
    LogSearch taker = new LogSearch(search, fromRow, limit, time);
    new RowScan(lines, Mark.START, version.size()).all(taker);
    check();
    return taker.found();
  }

  /**
   * Writes some bytes of the file.
   *
   * @throws ReplacedException if there are fewer
   */
  public void copy(long from, long to, OutputStream stream) throws IOException {
    long offset = from;
    while (offset < to) {
      byte[] block = lines.file().bytes(offset, (int) Math.min(BLOCK_BYTES, to - offset));
      if (block.length == 0) {
        throw new ReplacedException();
      }
      stream.write(block);
      offset += block.length;
    }
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
