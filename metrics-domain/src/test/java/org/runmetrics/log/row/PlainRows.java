package org.runmetrics.log.row;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.runmetrics.line.Line;
import org.runmetrics.log.Escapes;
import org.runmetrics.log.LogBlock;
import org.runmetrics.log.LogCursor;
import org.runmetrics.log.LogView;
import org.runmetrics.log.Progress;
import org.runmetrics.log.ShownLine;
import org.runmetrics.log.WrittenLog;

/** All rows of a log as a log socket sends them that collapses bars. */
final class PlainRows {
  private final List<LogRow> rows = new ArrayList<>();
  private final byte[] bytes;

  /** How far lines are counted, which come in order. */
  private int counted;

  private long number = 1;

  private PlainRows(byte[] bytes) {
    this.bytes = bytes;
  }

  static List<LogRow> of(WrittenLog log) throws IOException {
    byte[] bytes = Files.exists(log.path()) ? Files.readAllBytes(log.path()) : new byte[0];
    PlainRows plain = new PlainRows(bytes);
    LogView view = LogView.forJson(Progress.COLLAPSE);
    try (LogCursor cursor = new LogCursor(log.run())) {
      for (LogBlock block = cursor.read(); !block.isEmpty(); block = cursor.read()) {
        for (Line line : block.lines()) {
          plain.add(view.show(line, plain.number(line.start())));
        }
      }
      plain.add(view.settle());
      Optional<Line> half = cursor.unfinished();
      if (half.isPresent()) {
        plain.add(view.showUnfinished(half.get(), plain.number(half.get().start())));
      }
    }
    return plain.rows;
  }

  private void add(List<ShownLine> shown) {
    for (ShownLine one : shown) {
      rows.add(new LogRow(rows.size(), one.number(), one.offset(), Escapes.colours(one.text())));
    }
  }

  /** As sed counts. */
  private long number(long offset) {
    for (; counted < offset; counted++) {
      number += bytes[counted] == '\n' ? 1 : 0;
    }
    return number;
  }
}
