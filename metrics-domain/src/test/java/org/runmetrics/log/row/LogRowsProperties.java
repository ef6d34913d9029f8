package org.runmetrics.log.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.log.WrittenLog;

/** Windows of a log are pieces of what a log socket sends of it. */
class LogRowsProperties {
  private static final String[] PIECES = {
    "a",
    "\n",
    "\n",
    "\n",
    "text\n",
    "step 3/100 [INFO] loss=0.5\n",
    "[2026-01-01 10:00:00,123] epoch 1/3\n",
    "\r\n",
    "\r",
    " ",
    "é",
    "\u001B[31mred\u001B[0m\n",
    "\u001B]0;title\u0007\n",
    "\u001B[A",
    "\r 45%|████      | 45/100 [00:12<00:15,  3.45it/s]",
    " 45%|████      | 45/100 [00:12<00:15,  3.45it/s]\n",
    "\rworker 1:  46%|████      | 46/100 [00:12<00:15,  3.45it/s]",
    "\rworker 2:  47%|████      | 47/100 [00:12<00:15,  3.45it/s]\n",
    "x".repeat(170_000) + "\n"
  };

  @Property(tries = 300)
  void all_windows_together_are_what_the_socket_sends(
      @ForAll long seed,
      @ForAll @IntRange(max = 80) int pieces,
      @ForAll @IntRange(min = 1, max = 7) int size,
      @ForAll @IntRange(min = 1, max = 300) int spacing,
      @ForAll boolean ended)
      throws IOException {
    with(
        log -> {
          log.status(ended ? "finished" : "running");
          log.append(text(new Random(seed), pieces));
          List<LogRow> all = PlainRows.of(log);

          List<LogRow> joined = new ArrayList<>();
          LogRows rows = new LogRows(spacing);
          LogWindow window;
          do {
            window = window(rows, log, joined.size(), size);
            assertThat(window.total()).isEqualTo(all.size());
            assertThat(window.row()).isEqualTo(joined.size());
            joined.addAll(window.rows());
          } while (!window.rows().isEmpty());

          assertThat(joined).isEqualTo(all);
        });
  }

  @Property(tries = 300)
  void any_window_of_a_growing_log_is_a_part_of_the_whole(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 10) int writes,
      @ForAll @IntRange(min = 1, max = 300) int spacing)
      throws IOException {
    with(
        log -> {
          log.status("running");
          Random random = new Random(seed);
          LogRows rows = new LogRows(spacing);
          for (int i = 0; i < writes; i++) {
            log.append(text(random, random.nextInt(12)));
            List<LogRow> all = PlainRows.of(log);
            int count = 1 + random.nextInt(6);
            int from = random.nextInt(all.size() + 1);
            assertThat(window(rows, log, from, count).rows())
                .isEqualTo(all.subList(from, Math.min(all.size(), from + count)));
            int back = 1 + random.nextInt(all.size() + 3);
            int first = Math.max(0, all.size() - back);
            LogWindow last = window(rows, log, -back, count);
            assertThat(last.rows())
                .isEqualTo(all.subList(first, Math.min(all.size(), first + count)));
            assertThat(last.row()).isEqualTo(first);
          }
        });
  }

  @Property(tries = 40)
  void the_last_rows_come_before_all_are_counted(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int back) throws IOException {
    with(
        log -> {
          log.status("finished");
          Random random = new Random(seed);
          String lines = "plain [INFO] step 3/100\n\n".repeat(20_000);
          log.append(text(random, 20) + lines + text(random, 20) + "\ntext\n".repeat(back));
          List<LogRow> all = PlainRows.of(log);
          try (OpenLog open = new LogRows(1000).open(log.run()).orElseThrow()) {
            LogWindow window = open.window(-back, 5, Duration.ofNanos(1));
            assertThat(window.counted()).isFalse();
            List<LogRow> wanted =
                all.subList(all.size() - back, all.size() - back + Math.min(5, back));
            assertThat(window.rows().stream().map(LogRow::text))
                .isEqualTo(wanted.stream().map(LogRow::text).toList());
            assertThat(window.rows().stream().map(LogRow::line))
                .isEqualTo(wanted.stream().map(LogRow::line).toList());
            assertThat(window.offset()).isEqualTo(wanted.get(wanted.size() - 1).offset());
            assertThat(window.row()).isEqualTo(window.total() - back);
          }
        });
  }

  @Example
  void a_log_that_was_replaced_is_read_anew() throws IOException {
    with(
        log -> {
          LogRows rows = new LogRows(4);
          log.append("one\ntwo\nthree\n");
          assertThat(window(rows, log, 0, 9).total()).isEqualTo(3);
          log.rotate();
          log.append("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
          assertThat(window(rows, log, 0, 99).rows()).isEqualTo(PlainRows.of(log));
          log.overwrite("1\n2\n");
          assertThat(window(rows, log, 0, 99).rows()).isEqualTo(PlainRows.of(log));
          log.overwrite("a\nb\nc\nd\n");
          assertThat(window(rows, log, 0, 99).rows()).isEqualTo(PlainRows.of(log));
        });
  }

  @Example
  void no_answer_is_made_of_two_logs() throws IOException {
    with(
        log -> {
          log.append("one\ntwo\nthree\n");
          try (OpenLog open = new LogRows().open(log.run()).orElseThrow()) {
            log.overwrite("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
            assertThatThrownBy(() -> open.window(0, 9)).isInstanceOf(ReplacedException.class);
          }
        });
  }

  private interface Body {
    void run(WrittenLog log) throws IOException;
  }

  private static void with(Body body) throws IOException {
    Path root = Files.createTempDirectory("log-rows");
    try {
      body.run(new WrittenLog(root));
    } finally {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static LogWindow window(LogRows rows, WrittenLog log, long row, int count)
      throws IOException {
    try (OpenLog open = rows.open(log.run()).orElseThrow()) {
      return open.window(row, count);
    }
  }
}
