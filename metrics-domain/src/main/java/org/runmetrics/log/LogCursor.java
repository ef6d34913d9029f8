package org.runmetrics.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineReader;
import org.runmetrics.run.RunDirectory;

/**
 * A place in a run's log that moves on as the log is written.
 *
 * <p>It stands after a complete line. A half line waits for its newline, or for the run to end:
 * what was written last by a run that is not running is a line, too. It follows the log's name: if
 * the log is replaced by another file, what is left of the old one is read first, then the new one
 * from its start. While the name is missing the old file stays open, since its writer may not have
 * noticed. Not safe for use by several threads.
 */
public final class LogCursor implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 << 10;

  /** Logs of fewer bytes than this and the last lines have their lines counted: milliseconds. */
  private static final long COUNTED_BYTES = 16 << 20;

  /** As much is searched for the end of a line at a time, so that others have their turns. */
  private static final long SEARCH_BYTES = 4 << 20;

  private static final LogBlock NOTHING = new LogBlock(false, List.of(), false);

  private final RunDirectory run;
  private Optional<LogFile> file;

  /** Whether no log had the name when it was last looked for. */
  private boolean missing;

  /** Byte offset after the last complete line that was read. */
  private long position;

  /** Byte offset up to which the half line after the position is known to have no end. */
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

  /** Returns whether there is no log yet. */
  public boolean isMissing() {
    return missing;
  }

  /** Returns the byte offset after the last line read. */
  public long position() {
    return position;
  }

  /** Moves to the last lines of all that were written. */
  public LogStart seekLast(int lines) throws IOException {
    return seekLast(lines, new LogView(Progress.KEEP));
  }

  /**
   * Moves to the last lines that a view shows.
   *
   * @param lines how many, at least 1
   * @param view a view that has seen nothing, and sees from here on: it leaves out what it would
   *     show in front of those lines
   */
  public LogStart seekLast(int lines, LogView view) throws IOException {
    if (file.isEmpty()) {
      return new LogStart(0, 0, 0, true);
    }
    LogLines log = LogLines.of(file.get(), hasEnded());
    LogStart start =
        new LogHistory(log, view, lines, COUNTED_BYTES).last(file.get().channel().size());
    moveTo(file.get(), start.offset());
    return start;
  }

  /**
   * Returns the latest states of a last line that is being redrawn and has no end yet, without
   * moving on.
   *
   * <p>For {@link LogView#showUnfinished}, whenever the reader wants to see it: the line is looked
   * for in the file each time.
   */
  public Optional<Line> unfinished() throws IOException {
    return half().filter(line -> line.text().indexOf('\r') >= 0);
  }

  /**
   * Returns the last line if it has no end yet, redrawn or not, without moving on.
   *
   * <p>Of a long line there are the latest states, or nothing if it has none.
   */
  Optional<Line> half() throws IOException {
    if (file.isEmpty() || file.get().channel().size() <= position) {
      return Optional.empty();
    }
    LogLines log = LogLines.of(file.get(), false);
    long size = file.get().channel().size();
    return searched == size ? log.half(position, size) : Optional.empty();
  }

  /**
   * Moves after a line that was read before.
   *
   * @return false, and the cursor stays, if no line of this log ends there: the log is another one
   */
  public boolean seek(long offset) throws IOException {
    if (offset == position || file.isEmpty()) {
      return true;
    }
    if (offset > file.get().channel().size()
        || !LogLines.of(file.get(), hasEnded()).endsAt(offset)) {
      return false;
    }
    moveTo(file.get(), offset);
    return true;
  }

  private boolean hasEnded() {
    return LogLines.hasEnded(run);
  }

  /**
   * Reads on: some of the lines that follow, nothing only if there are none for now. Of a line that
   * is longer than anyone writes, be it 20 GB, one call looks at a part.
   */
  public LogBlock read() throws IOException {
    if (file.isEmpty()) {
      file = LogFile.open(run);
      missing = file.isEmpty();
      return missing ? NOTHING : readOrReopen(file.get());
    }
    // Looked at first: what the old file holds by then is read before the new one.
    boolean moved = !file.get().isAt(run);
    LogBlock block = moved ? readRest(file.get()) : readOrReopen(file.get());
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
    return new LogPlace(missing, file.map(LogFile::key), position);
  }

  /** Closes the file; the next read starts anew. */
  @Override
  public void close() {
    file.ifPresent(LogFile::closeQuietly);
    file = Optional.empty();
    restart();
  }

  private void restart() {
    position = 0;
    searched = 0;
    anchor = new byte[0];
  }

  /** An open file may be of no use any more, on a mount that was lost: it is opened anew then. */
  private LogBlock readOrReopen(LogFile open) throws IOException {
    try {
      return readFile(open);
    } catch (IOException broken) {
      open.closeQuietly();
      file = Optional.empty();
      throw broken;
    }
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
      restart();
    }
    if (searched > size) {
      searched = position;
    }
    if (position == size) {
      return new LogBlock(truncated, List.of(), false);
    }
    LogLines log = LogLines.of(open, false);
    List<Line> lines = lines(log, size);
    if (lines.isEmpty() && searched == size && hasEnded()) {
      // Looked at again: the line may have been written on before the run ended.
      size = open.channel().size();
      lines = lines(log, size);
      if (lines.isEmpty() && searched == size) {
        lines = last(log, size);
      }
    }
    return new LogBlock(truncated, lines, lines.isEmpty() && searched < size);
  }

  private List<Line> last(LogLines log, long size) throws IOException {
    Optional<Line> last = log.last(position, size);
    if (last.isPresent()) {
      moveTo(log.file(), size);
    }
    return last.stream().toList();
  }

  private List<Line> lines(LogLines log, long size) throws IOException {
    if (searched == size) {
      return List.of();
    }
    long limit = Math.min(size, searched + SEARCH_BYTES);
    if (searched > position) {
      OptionalLong end = log.file().lineEnd(searched, limit, log.encoding());
      if (end.isEmpty()) {
        searched = limit;
        return List.of();
      }
      if (end.getAsLong() - log.encoding().width() - position > LineReader.MAX_BYTES) {
        // Of so long a line only the start is kept, so what lies between is not read again.
        Optional<Line> line = log.last(position, end.getAsLong());
        moveTo(log.file(), end.getAsLong());
        return line.stream().toList();
      }
    }
    List<Line> lines = new ArrayList<>();
    LineReader reader = log.reader(position, limit);
    long from = position;
    long bytes = 0;
    while (bytes < BLOCK_BYTES) {
      Optional<Line> line = reader.read();
      if (line.isEmpty()) {
        searched = limit;
        break;
      }
      from = line.get().end();
      if (!line.get().isBlank()) {
        lines.add(log.whole(line.get()));
        bytes += line.get().end() - line.get().start();
      }
    }
    if (from > position) {
      long end = searched;
      moveTo(log.file(), from);
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
