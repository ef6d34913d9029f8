package org.runmetrics.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineReader;
import org.runmetrics.run.RunDirectory;

/**
 * A place in a run's log that moves on as the log is written.
 *
 * <p>It stands behind a complete line; a half line waits for its newline. It follows the log's
 * name: if the log is replaced by another file, what is left of the old one is read first, then the
 * new one from its start. While the name is missing the old file stays open, since its writer may
 * not have noticed. Not safe for use by several threads.
 */
public final class LogCursor implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 << 10;

  /** Logs of fewer bytes than this and the last lines have their lines counted: milliseconds. */
  private static final long COUNTED_BYTES = 16 << 20;

  private static final LogBlock NOTHING = new LogBlock(false, List.of());

  private final RunDirectory run;
  private Optional<LogFile> file;

  /** Whether no log had the name when it was last looked for. */
  private boolean missing;

  /** Byte offset behind the last complete line that was read. */
  private long position;

  /** Byte offset up to which the half line behind the position is known to have no end. */
  private long searched;

  /** The bytes right in front of the position: they tell a log that grew from one rewritten. */
  private byte[] anchor = {};

  /** Stands at the start of a run's log, or where it will be. */
  public LogCursor(RunDirectory run) {
    this.run = run;
    this.file = LogFile.open(run);
    this.missing = file.isEmpty();
  }

  /** Returns the run whose log this is. */
  public RunDirectory run() {
    return run;
  }

  /** Tells whether there is no log yet. */
  public boolean isMissing() {
    return missing;
  }

  /** Returns the byte offset behind the last line read. */
  public long position() {
    return position;
  }

  /**
   * Moves to the last lines.
   *
   * @param lines how many, at least 1
   */
  public LogStart seekLast(int lines) throws IOException {
    if (file.isEmpty()) {
      return new LogStart(0, 0, 0, true);
    }
    LogStart start =
        new LogHistory(file.get(), lines, COUNTED_BYTES).last(file.get().channel().size());
    moveTo(file.get(), start.offset());
    return start;
  }

  /**
   * Moves behind a line that was read before.
   *
   * @return false, and the cursor stays, if no line of this log ends there: the log is another one
   */
  public boolean seek(long offset) throws IOException {
    if (offset == position || file.isEmpty()) {
      return true;
    }
    if (offset > file.get().channel().size() || !file.get().hasNewline(offset - 1, offset)) {
      return false;
    }
    moveTo(file.get(), offset);
    return true;
  }

  /** Reads on: some of the lines that follow, nothing only if there are none for now. */
  public LogBlock read() throws IOException {
    if (file.isEmpty()) {
      file = LogFile.open(run);
      missing = file.isEmpty();
      return missing ? NOTHING : readFile(file.get());
    }
    // Looked at first: what the old file holds by then is read before the new one.
    boolean moved = !file.get().isAt(run);
    LogBlock block = moved ? readRest(file.get()) : readFile(file.get());
    if (!block.isEmpty() || !moved) {
      missing = false;
      return block;
    }
    Optional<LogFile> next = LogFile.open(run);
    missing = next.isEmpty();
    if (missing) {
      return NOTHING;
    }
    close();
    file = next;
    return readFile(next.get());
  }

  /** Returns where the cursor stands. */
  LogPlace place() {
    return new LogPlace(missing, file.flatMap(LogFile::key), position);
  }

  /** Closes the file; the next read starts anew. */
  @Override
  public void close() {
    file.ifPresent(LogFile::closeQuietly);
    file = Optional.empty();
    position = 0;
    searched = 0;
    anchor = new byte[0];
  }

  private LogBlock readRest(LogFile old) {
    try {
      return readFile(old);
    } catch (IOException gone) {
      // Network file systems forget a file that was replaced.
      return NOTHING;
    }
  }

  private LogBlock readFile(LogFile open) throws IOException {
    long size = open.channel().size();
    boolean truncated = size < position || !Arrays.equals(anchor, open.before(position));
    if (truncated) {
      position = 0;
      searched = 0;
      anchor = new byte[0];
    }
    if (searched > size) {
      searched = position;
    }
    return new LogBlock(truncated, lines(open, size));
  }

  private List<Line> lines(LogFile open, long size) throws IOException {
    if (searched == size) {
      return List.of();
    }
    if (searched > position && !open.hasNewline(searched, size)) {
      searched = size;
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    LineReader reader = new LineReader(open.channel(), position, size);
    long from = position;
    long bytes = 0;
    while (bytes < BLOCK_BYTES) {
      Optional<Line> line = reader.read();
      if (line.isEmpty()) {
        searched = size;
        break;
      }
      from = line.get().end();
      if (!line.get().isBlank()) {
        lines.add(line.get());
        bytes += line.get().end() - line.get().start();
      }
    }
    if (from > position) {
      long end = searched;
      moveTo(open, from);
      searched = Math.max(end, from);
    }
    return lines;
  }

  private void moveTo(LogFile open, long offset) throws IOException {
    position = offset;
    searched = offset;
    anchor = open.before(offset);
  }
}
