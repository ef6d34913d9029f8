package org.runmetrics.web.log;

import java.io.IOException;
import org.runmetrics.log.row.LogMatch;
import org.runmetrics.log.row.LogMatches;
import org.runmetrics.log.row.LogRow;
import org.runmetrics.log.row.LogWindow;
import org.runmetrics.web.text.JsonOutput;

/** Rows of a log as JSON. */
final class LogJson {
  private static final int ROOM_BYTES = 64 << 10;

  private LogJson() {}

  static byte[] window(LogWindow window) {
    return JsonOutput.text(
        ROOM_BYTES,
        output -> {
          output.raw("{\"row\":").whole(window.row());
          output.raw(",\"total\":").whole(window.total());
          output.raw(",\"counted\":").raw(Boolean.toString(window.counted()));
          output.raw(",\"lines\":[");
          String between = "";
          for (LogRow row : window.rows()) {
            output.raw(between).raw("{\"line\":").whole(row.line());
            output.raw(",\"text\":").string(row.text()).raw("}");
            between = ",";
          }
          output.raw("],\"offset\":").whole(window.offset());
          output.raw(",\"size\":").whole(window.size()).raw("}");
        });
  }

  static byte[] matches(LogMatches found) {
    return JsonOutput.text(
        ROOM_BYTES,
        output -> {
          output.raw("{\"matches\":[");
          String between = "";
          for (LogMatch match : found.matches()) {
            output.raw(between);
            match(match, output);
            between = ",";
          }
          output.raw("],\"count\":").whole(found.count());
          output.raw(",\"complete\":").raw(Boolean.toString(found.complete())).raw("}");
        });
  }

  private static void match(LogMatch match, JsonOutput output) throws IOException {
    output.raw("{\"row\":").whole(match.row().row());
    output.raw(",\"line\":").whole(match.row().line());
    output.raw(",\"text\":").string(match.row().text()).raw(",\"at\":[");
    String between = "";
    for (LogMatch.Span span : match.at()) {
      output.raw(between).raw("[").whole(span.start());
      output.raw(",").whole(span.end()).raw("]");
      between = ",";
    }
    output.raw("]}");
  }
}
