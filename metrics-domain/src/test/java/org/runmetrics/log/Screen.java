package org.runmetrics.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small terminal: what stands on it after text was printed. */
final class Screen {
  private static final Pattern SEQUENCE = Pattern.compile("\u001B\\[(\\d*)([A-Za-z])");

  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  /** Prints lines, each followed by a line end. */
  static List<String> after(List<String> lines) {
    Screen screen = new Screen();
    lines.forEach(line -> screen.print(line + "\n"));
    return screen.rows.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private void print(String text) {
    Matcher sequence = SEQUENCE.matcher(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (sequence.region(i, text.length()).lookingAt()) {
        int count = sequence.group(1).isEmpty() ? 0 : Integer.parseInt(sequence.group(1));
        move(sequence.group(2).charAt(0), count);
        i = sequence.end() - 1;
      } else if (c == '\n') {
        down();
      } else if (c == '\r') {
        column = 0;
      } else {
        put(c);
      }
    }
  }

  private void move(char kind, int count) {
    switch (kind) {
      case 'A' -> row = Math.max(0, row - Math.max(1, count));
      case 'C' -> column += Math.max(1, count);
      case 'D' -> column = Math.max(0, column - Math.max(1, count));
      case 'G' -> column = Math.max(0, count - 1);
      case 'K' -> erase(count);
      default -> {}
    }
  }

  private void erase(int kind) {
    StringBuilder line = rows.get(row);
    if (kind == 0) {
      line.setLength(Math.min(line.length(), column));
    } else {
      line.replace(0, line.length(), " ".repeat(kind == 1 ? column : 0));
    }
  }

  private void down() {
    row++;
    column = 0;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }

  private void put(char c) {
    StringBuilder line = rows.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, c);
  }
}
