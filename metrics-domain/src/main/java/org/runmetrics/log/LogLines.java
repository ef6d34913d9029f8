package org.runmetrics.log;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineEncoding;
import org.runmetrics.line.LineReader;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunStatus;

/**
 * Lines of an open log, as they are sent.
 *
 * <p>A line of more than {@link LineReader#MAX_BYTES} is not kept whole: of a redrawn line there
 * are the latest states, of another one its beginning and how much is left out.
 *
 * @param ended whether nobody writes the log any more, so that its end ends a line
 */
public record LogLines(LogFile file, LineEncoding encoding, boolean ended) {
  /** As much of the end of a very long line is searched for its latest states. */
  private static final int LATEST_BYTES = 4 << 20;

  /** As much of a line without an end is looked at. */
  private static final int UNFINISHED_BYTES = 64 << 10;

  /** Where a reader gives the lines that it reads. */
  @FunctionalInterface
  interface Taker {
    void take(Line line) throws IOException;
  }

  /** Looks at the file for its encoding. */
  public static LogLines of(LogFile file, boolean ended) throws IOException {
    return new LogLines(file, file.encoding(), ended);
  }

  /** Returns whether a run has ended, so that nobody writes its log any more. */
  public static boolean hasEnded(RunDirectory run) {
    RunStatus status = RunStatus.of(run);
    return status.isKnown() && !status.isRunning();
  }

  /** Returns whether a line ends at an offset, which is not beyond the file's end. */
  boolean endsAt(long offset) throws IOException {
    int width = encoding.width();
    if (offset >= width
        && encoding.floor(offset) == offset
        && file.hasNewline(offset - width, offset, encoding)) {
      return true;
    }
    // The last line may have been read without its end, which may have come since.
    long size = file.channel().size();
    return ended
        && (offset == size || file.hasNewline(offset, Math.min(size, offset + width), encoding));
  }

  /** Returns a reader of the complete lines between two offsets. */
  public LineReader reader(long from, long limit) {
    return new LineReader(file.channel(), from, limit, encoding);
  }

  /** Reads all lines between two offsets that show something. */
  void readAll(long from, long limit, Taker taker) throws IOException {
    LineReader reader = reader(from, limit);
    for (Optional<Line> line = reader.read(); line.isPresent(); line = reader.read()) {
      if (!line.get().isBlank()) {
        taker.take(whole(line.get()));
      }
    }
    if (ended) {
      Optional<Line> last = last(reader.position(), limit);
      if (last.isPresent()) {
        taker.take(last.get());
      }
    }
  }

  /** Returns the line without a line end between two offsets, unless it shows nothing. */
  public Optional<Line> last(long from, long limit) throws IOException {
    int length = (int) Math.min(LineReader.MAX_BYTES, limit - from);
    byte[] bytes = file.bytes(from, length);
    int mark = from == 0 ? encoding.markLength(bytes) : 0;
    String text = encoding.decode(bytes, mark, bytes.length);
    Line line = new Line(from, limit, text, limit - from > length);
    return line.isBlank() ? Optional.empty() : Optional.of(whole(line));
  }

  /**
   * Returns the latest states of a redrawn line that has no end yet, or nothing if it is not
   * redrawn.
   */
  public Optional<Line> unfinished(long from, long limit) throws IOException {
    Optional<String> text = latest(from, limit, UNFINISHED_BYTES);
    return text.map(states -> new Line(from, limit, states, false));
  }

  /**
   * Returns a line that has no end yet: its latest states if it is redrawn, all of it if it is
   * short, and otherwise nothing.
   */
  Optional<Line> half(long from, long limit) throws IOException {
    Optional<Line> redrawn = unfinished(from, limit);
    return redrawn.isPresent() || limit - from > UNFINISHED_BYTES ? redrawn : last(from, limit);
  }

  /** Returns a line as it is sent. */
  public Line whole(Line line) throws IOException {
    if (!line.cut()) {
      return line;
    }
    String left = " [" + (line.end() - line.start() - LineReader.MAX_BYTES) + " bytes left out]";
    String text = latest(line.start(), line.end(), LATEST_BYTES).orElse(line.text() + left);
    return new Line(line.start(), line.end(), text, true);
  }

  /** Returns what follows the first carriage return in the last bytes, if that shows something. */
  private Optional<String> latest(long from, long limit, int bytes) throws IOException {
    long start = Math.max(from, encoding.floor(limit - bytes));
    byte[] end = file.bytes(start, (int) (limit - start));
    int first = encoding.carriageReturn(end, 0, end.length);
    if (first < 0) {
      return Optional.empty();
    }
    String text = encoding.decode(end, start == from ? 0 : first, end.length);
    // A character may be half written, and a line end be among the last bytes.
    String states = text.replaceFirst("[\\r\\n\\uFFFD]{1,4}$", "");
    return states.indexOf('\r') < 0 ? Optional.empty() : Optional.of(states);
  }
}
