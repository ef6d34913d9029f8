package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.line.LineEncoding;

class LogHistoryTest {
  @TempDir Path root;
  private WrittenLog log;

  @BeforeEach
  void aRun() throws IOException {
    log = new WrittenLog(root);
  }

  @Test
  void the_last_lines_are_found_and_all_are_counted() throws IOException {
    log.append("a\nb\nc\n");
    assertThat(last(2)).isEqualTo(new LogStart(2, 2, 3, true));
    assertThat(last(1)).isEqualTo(new LogStart(4, 1, 3, true));
  }

  @Test
  void a_shorter_log_is_shown_from_its_start() throws IOException {
    log.append("a\nb\nc\n");
    assertThat(last(3)).isEqualTo(new LogStart(0, 3, 3, true));
    assertThat(last(1_000_000)).isEqualTo(new LogStart(0, 3, 3, true));
    assertThat(last(3).leavesOut()).isFalse();
  }

  @Test
  void blank_lines_and_the_half_line_do_not_count() throws IOException {
    log.append("a\n \r\n\nb\n\t\nc\n\nhalf");
    assertThat(last(2)).isEqualTo(new LogStart(6, 2, 3, true));
  }

  @Test
  void a_byte_order_mark_alone_is_no_line() throws IOException {
    log.append("\uFEFF\na\n");
    assertThat(last(1)).isEqualTo(new LogStart(0, 1, 1, true));
  }

  @Test
  void an_empty_or_missing_log_starts_at_its_start() throws IOException {
    assertThat(last(5)).isEqualTo(new LogStart(0, 0, 0, true));
    log.append("");
    assertThat(last(5)).isEqualTo(new LogStart(0, 0, 0, true));
  }

  @Test
  void every_count_of_lines_of_a_long_log_starts_where_it_should() throws IOException {
    StringBuilder text = new StringBuilder();
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      starts.add((long) text.length());
      text.append("line ").append(i).append(i % 3 == 0 ? "\n\n" : "\n");
    }
    log.append(text.toString().getBytes(StandardCharsets.UTF_8));
    for (int lines : new int[] {1, 2, 1023, 1024, 1025, 10_000, 39_999}) {
      assertThat(last(lines))
          .isEqualTo(new LogStart(starts.get(40_000 - lines), lines, 40_000, true));
    }
  }

  @Test
  void the_lines_of_a_long_log_are_estimated_without_reading_it() throws IOException {
    log.append("a line of twenty byte\n".repeat(100_000));
    try (LogFile file = LogFile.open(log.run()).orElseThrow()) {
      LogLines lines = new LogLines(file, LineEncoding.UTF_8, false);
      LogView view = new LogView(Progress.KEEP);
      LogStart start = new LogHistory(lines, view, 100, 1000).last(file.channel().size());

      assertThat(start).isEqualTo(new LogStart(99_900 * 22, 100, 100_000, false));
    }
  }

  private LogStart last(int lines) throws IOException {
    try (LogCursor cursor = new LogCursor(log.run())) {
      return cursor.seekLast(lines);
    }
  }
}
