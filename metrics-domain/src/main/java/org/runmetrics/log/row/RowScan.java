package org.runmetrics.log.row;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineEncoding;
import org.runmetrics.line.LineReader;
import org.runmetrics.log.Escapes;
import org.runmetrics.log.LogLines;
import org.runmetrics.log.LogView;
import org.runmetrics.log.Progress;
import org.runmetrics.log.ShownLine;

/**
 * Goes through the rows of a log from a mark on, in order.
 *
 * <p>The rows are what a log socket sends with {@code tail=all} and {@code progress=collapse}. Of
 * most lines the bytes tell that they are one row each; {@link LogView} judges the others. Not safe
 * for use by several threads.
 */
final class RowScan {
  private final LogLines log;
  private final long limit;
  private final LineReader reader;
  private final LogView view;

  /** Whether the bytes of a line say something: in UTF-8. */
  private final boolean bytesTell;

  /** Whether the view holds something back, so that it must see each line. */
  private boolean holds;

  private long row;
  private long line;
  private long offset;
  private boolean done;

  /**
   * Starts at a mark.
   *
   * @param limit byte offset to stop at, the file's size at some moment
   */
  RowScan(LogLines log, Mark from, long limit) {
    this.log = log;
    this.limit = limit;
    this.reader = log.reader(from.offset(), limit);
    this.view = from.held().map(LogView::copy).orElseGet(() -> LogView.forJson(Progress.COLLAPSE));
    this.holds = from.held().isPresent();
    this.bytesTell = log.encoding() == LineEncoding.UTF_8;
    this.row = from.row();
    this.line = from.line();
    this.offset = from.offset();
  }

  /** Returns the number of the next row. */
  long row() {
    return row;
  }

  /** Returns the byte offset where a reader goes on that has seen all rows so far. */
  long offset() {
    return offset;
  }

  /** Returns how much is held back, in characters. */
  int heldCharacters() {
    return holds ? view.heldCharacters() : 0;
  }

  /** Returns the place after the last complete line. */
  Mark mark() {
    Optional<LogView> held = holds ? Optional.of(view.copy()) : Optional.empty();
    return new Mark(reader.position(), row, line, held);
  }

  /** Hands over all rows, unless the taker has had enough before. */
  void all(RowTaker taker) throws IOException {
    if (!advance(limit, taker) && !done) {
      end(taker);
    }
  }

  /**
   * Goes on through complete lines to an offset at least.
   *
   * @return false if no complete line is left, or the taker has had enough
   */
  boolean advance(long until, RowTaker taker) throws IOException {
    while (!done) {
      long start = reader.position();
      if (start >= until && until < limit) {
        return true;
      }
      if (!reader.advance()) {
        return false;
      }
      LineShape shape =
          bytesTell && !holds
              ? LineShape.of(reader.bytes(), reader.start(), reader.end())
              : LineShape.DRAWN;
      if (shape == LineShape.PLAIN) {
        plain(taker);
      } else if (shape == LineShape.DRAWN) {
        drawn(taker);
      }
      line++;
    }
    return false;
  }

  private void plain(RowTaker taker) {
    offset = reader.position();
    if (taker.wants(row)) {
      done = !taker.take(new LogRow(row, line, offset, reader.line().text()));
    }
    row++;
  }

  private void drawn(RowTaker taker) throws IOException {
    Line read = reader.line();
    if (!read.isBlank()) {
      give(view.show(log.whole(read), line), taker);
      holds = view.holds();
    }
  }

  /** Hands over what is shown at the end of the log, where no more lines wait. */
  private void end(RowTaker taker) throws IOException {
    long from = reader.position();
    if (log.ended()) {
      Optional<Line> last = log.last(from, limit);
      if (last.isPresent()) {
        give(view.show(last.get(), line), taker);
      }
      give(view.settle(), taker);
    } else {
      give(view.settle(), taker);
      Optional<Line> half = log.unfinished(from, limit);
      if (half.isPresent()) {
        give(view.showUnfinished(half.get(), line), taker);
      }
    }
  }

  private void give(List<ShownLine> rows, RowTaker taker) {
    for (ShownLine shown : rows) {
      if (done) {
        return;
      }
      offset = shown.offset();
      if (taker.wants(row)) {
        String text = Escapes.colours(shown.text());
        done = !taker.take(new LogRow(row, shown.number(), offset, text));
      }
      row++;
    }
  }
}
