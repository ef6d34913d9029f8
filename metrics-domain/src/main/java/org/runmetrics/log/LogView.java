package org.runmetrics.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.runmetrics.line.Line;
import org.runmetrics.log.BarStates.State;
import org.runmetrics.log.DrawnLine.Piece;

/**
 * What one reader sees of a log's lines.
 *
 * <p>Lines go in as they were written, one after the other. What is to be sent comes out at once,
 * or is held back until an ordinary line or {@link #settle()}, such as the latest states of bars.
 * The timing is the caller's: it calls {@link #settle()} when no more lines wait, and may call
 * {@link #showUnfinished} with {@link LogCursor#unfinished()}, once a second at most. Not safe for
 * use by several threads.
 */
public final class LogView {
  private final Progress progress;
  private final TextLimit limit;
  private final BarStates states;

  /** Rows from the first line to the one that comes next. */
  private int row;

  /** Byte offset after the last line, below zero before the first one. */
  private long end = -1;

  /** How many of the next lines are not shown. */
  private long skipped;

  /** States of the line without an end that were shown, and where that line starts. */
  private final Set<String> told = new HashSet<>();

  private long toldLine = -1;

  /** Sees the lines of a log as a reader of plain text wants them. */
  public LogView(Progress progress) {
    this(progress, TextLimit.PLAIN);
  }

  private LogView(Progress progress, TextLimit limit) {
    this(progress, limit, new BarStates());
  }

  private LogView(Progress progress, TextLimit limit, BarStates states) {
    this.progress = progress;
    this.limit = limit;
    this.states = states;
  }

  /** Sees them as a reader of JSON wants them: long lines are cut so that their JSON text fits. */
  public static LogView forJson(Progress progress) {
    return new LogView(progress, TextLimit.JSON);
  }

  /** Returns another view of the same kind that has seen nothing. */
  LogView anew() {
    return new LogView(progress, limit);
  }

  /**
   * Returns a view that has seen the same lines, and goes on apart from this one.
   *
   * <p>It has shown nothing of a line without an end.
   */
  public LogView copy() {
    LogView copy = new LogView(progress, limit, states.copy());
    copy.row = row;
    copy.end = end;
    copy.skipped = skipped;
    return copy;
  }

  /** Returns whether something is held back, so that what is shown later depends on it. */
  public boolean holds() {
    return !states.isEmpty();
  }

  /** Returns how many characters are held back. */
  public int heldCharacters() {
    return states.characters();
  }

  /** Returns whether each line is shown as it is. */
  boolean keepsAll() {
    return progress == Progress.KEEP;
  }

  /** Leaves out the next lines that would be shown. */
  void skip(long lines) {
    skipped = lines;
  }

  /** Takes the next line, none that is blank, and returns what is shown now, in order. */
  public List<ShownLine> show(Line line) {
    return show(line, 0);
  }

  /**
   * Takes the next line, none that is blank, and returns what is shown now, in order.
   *
   * @param number the line's number in the file
   */
  public List<ShownLine> show(Line line, long number) {
    if (keepsAll() && limit.surelyFits(line.text()) && skipped == 0) {
      return List.of(new ShownLine(line.end(), number, line.text()));
    }
    List<ShownLine> shown = new ArrayList<>();
    if (keepsAll()) {
      addText(shown, line.text(), line.start(), line.end(), number);
    } else {
      // Empty lines do not come, but were rows all the same.
      row += end < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE / 2, line.start() - end);
      end = line.end();
      draw(shown, line, number);
    }
    return skip(shown);
  }

  /** Returns what is held back, in order, because no more lines wait for now. */
  public List<ShownLine> settle() {
    List<ShownLine> shown = new ArrayList<>();
    addStates(shown, -1);
    return skip(shown);
  }

  /**
   * Returns the latest states of the bars in a line that is being redrawn and has no end yet, as
   * far as they changed since.
   *
   * <p>Nothing unless bars are collapsed. A reader that resumes after one of them gets the line
   * again.
   */
  public List<ShownLine> showUnfinished(Line half) {
    return showUnfinished(half, 0);
  }

  /**
   * Returns the same of a line whose number is known.
   *
   * @param number the line's number in the file
   */
  public List<ShownLine> showUnfinished(Line half, long number) {
    if (progress != Progress.COLLAPSE) {
      return List.of();
    }
    if (toldLine != half.start()) {
      told.clear();
      toldLine = half.start();
    }
    Map<String, String> latest = new LinkedHashMap<>();
    for (Piece piece : DrawnLine.of(half.text()).pieces()) {
      if (piece.bar()) {
        String key = piece.row() + " " + BarStates.key(piece.text());
        latest.remove(key);
        latest.put(key, piece.text());
      }
    }
    List<ShownLine> shown = new ArrayList<>();
    for (String state : latest.values()) {
      if (!told.contains(state)) {
        addText(shown, state, half.start(), half.start(), number);
      }
    }
    told.clear();
    told.addAll(latest.values());
    return List.copyOf(shown);
  }

  /**
   * Returns what a line without an end shows, if it is a bar or is being redrawn: its last state,
   * with its colours. Empty if it is an ordinary line, or was erased.
   */
  public static String bar(Line half) {
    String[] states = half.text().split("\r", -1);
    int last = states.length - 1;
    while (last > 0 && states[last].isEmpty()) {
      last--;
    }
    List<Piece> pieces = DrawnLine.of(states[last]).pieces();
    if (pieces.isEmpty()) {
      return "";
    }
    Piece shown = pieces.get(pieces.size() - 1);
    return shown.bar() || states.length > 1 ? Escapes.colours(shown.text()) : "";
  }

  private void draw(List<ShownLine> shown, Line line, long number) {
    DrawnLine drawn = DrawnLine.of(line.text());
    if (drawn.placed()) {
      states.useRows();
    }
    List<Piece> pieces = shownPieces(drawn);
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.bar()) {
        State state = new State(piece.text(), line.start(), line.end(), number);
        states
            .put(row + piece.row(), drawn.placed(), state)
            .ifPresent(
                oldest ->
                    addText(shown, oldest.text(), oldest.line(), oldest.line(), oldest.number()));
      } else {
        addStates(shown, line.start());
        boolean last = i == pieces.size() - 1;
        addText(shown, piece.text(), line.start(), last ? line.end() : line.start(), number);
      }
    }
    row += drawn.rows() + 1;
  }

  private List<Piece> shownPieces(DrawnLine drawn) {
    return progress == Progress.COLLAPSE
        ? drawn.pieces()
        : drawn.pieces().stream().filter(piece -> !piece.bar()).toList();
  }

  /**
   * Adds the states held.
   *
   * @param line start of the line of which more follows, below zero if none does
   */
  private void addStates(List<ShownLine> shown, long line) {
    List<State> all = states.takeAll();
    for (int i = 0; i < all.size(); i++) {
      State state = all.get(i);
      long next = i + 1 < all.size() ? all.get(i + 1).line() : line;
      if (state.line() != toldLine || !told.contains(state.text())) {
        addText(
            shown,
            state.text(),
            state.line(),
            next == state.line() ? state.line() : state.end(),
            state.number());
      }
    }
  }

  private void addText(List<ShownLine> shown, String text, long start, long end, long number) {
    List<String> parts = limit.parts(text);
    for (int i = 0; i < parts.size(); i++) {
      shown.add(new ShownLine(i == parts.size() - 1 ? end : start, number, parts.get(i)));
    }
  }

  private List<ShownLine> skip(List<ShownLine> shown) {
    int left = (int) Math.min(skipped, shown.size());
    skipped -= left;
    return List.copyOf(shown.subList(left, shown.size()));
  }
}
