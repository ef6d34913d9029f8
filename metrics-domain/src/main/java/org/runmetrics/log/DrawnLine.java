package org.runmetrics.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line as it was drawn on a terminal: what was drawn one after the other, often in one place.
 *
 * @param pieces bars and other text, in order; nothing that shows nothing
 * @param placed whether the drawing went up to rows above
 * @param rows how many rows below its start the drawing ended
 */
record DrawnLine(List<Piece> pieces, boolean placed, int rows) {

  /**
   * A bar, or text between bars.
   *
   * @param text with its colours and without moves that reach beyond it
   * @param row the row it was drawn in, counted from the line's own
   */
  record Piece(String text, boolean bar, int row) {}

  /** Where drawing starts anew: the row's start, or another row. */
  private static final Pattern MOVE =
      Pattern.compile("\r|\u001B\\[[0-?]{0,16}+[ABEF]|\u001B\\[[01]?G");

  /** Reads how a line was drawn. */
  static DrawnLine of(String line) {
    if (line.indexOf('\r') < 0 && !Escapes.has(line) && ProgressBar.end(line, 0) < 0) {
      return new DrawnLine(whole(line), false, 0);
    }
    Drawing drawing = new Drawing();
    Matcher move = MOVE.matcher(line);
    int row = 0;
    int from = 0;
    boolean placed = false;
    while (move.find()) {
      drawing.add(line.substring(from, move.start()), row);
      int rows = rows(move.group());
      if (rows == 0) {
        drawing.between.append(move.group());
      } else {
        drawing.endText();
      }
      placed |= rows < 0;
      row += rows;
      from = move.end();
    }
    drawing.add(line.substring(from), row);
    drawing.endText();
    boolean plain = !placed && row == 0 && !line.startsWith("\r") && !Escapes.moves(line);
    return plain && drawing.pieces.stream().noneMatch(Piece::bar)
        ? new DrawnLine(whole(line), false, 0)
        : new DrawnLine(drawing.pieces, placed, row);
  }

  private static List<Piece> whole(String line) {
    return Escapes.isBlank(line) ? List.of() : List.of(new Piece(line, false, 0));
  }

  /** Returns how many rows a move goes down, below zero for up. */
  private static int rows(String move) {
    char kind = move.charAt(move.length() - 1);
    if (kind == '\r' || kind == 'G') {
      return 0;
    }
    String digits = move.substring(2, move.length() - 1);
    int count = digits.matches("[1-9]\\d{0,3}") ? Integer.parseInt(digits) : 1;
    return kind == 'A' || kind == 'F' ? -count : count;
  }

  /** Gathers pieces. */
  private static final class Drawing {
    private final List<Piece> pieces = new ArrayList<>();

    /** Text that later text may be drawn over, empty if there is none. */
    private final StringBuilder text = new StringBuilder();

    /** What shows nothing and was drawn after that text. */
    private final StringBuilder between = new StringBuilder();

    private int textRow;

    /** Takes what was drawn between two moves. */
    void add(String drawn, int row) {
      String plain = Escapes.strip(drawn);
      int read = 0;
      int place = 0;
      for (int end = ProgressBar.end(plain, read); end > 0; end = ProgressBar.end(plain, read)) {
        endText();
        int behind = Escapes.after(drawn, place, end - read);
        pieces.add(new Piece(Escapes.withoutMoves(drawn.substring(place, behind)), true, row));
        read = end;
        place = behind;
      }
      String rest = drawn.substring(place);
      if (Escapes.isBlank(rest)) {
        between.append(rest);
      } else {
        addText(rest, row);
      }
    }

    /** Text that was drawn over other text stays one line with it, as it was written. */
    private void addText(String rest, int row) {
      if (text.isEmpty()) {
        int start = Escapes.start(rest);
        text.append(Escapes.withoutMoves(rest.substring(0, start)));
        text.append(Escapes.withoutFarMoves(rest.substring(start)));
        textRow = row;
      } else {
        text.append(Escapes.withoutFarMoves(between + rest));
      }
      between.setLength(0);
    }

    void endText() {
      if (!text.isEmpty()) {
        pieces.add(new Piece(text.toString(), false, textRow));
      }
      text.setLength(0);
      between.setLength(0);
    }
  }
}
