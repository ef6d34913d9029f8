package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.line.Line;

/** The last line of a log that has no line end. */
class LastLineTest {
  @TempDir Path root;
  private WrittenLog log;

  @BeforeEach
  void aRun() throws IOException {
    log = new WrittenLog(root);
  }

  @Test
  void the_last_line_of_a_killed_run_says_why() throws IOException {
    log.status("failed");
    try (InputStream killed = LastLineTest.class.getResourceAsStream("killed.txt")) {
      log.append(killed.readAllBytes());
    }
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor))
          .containsExactly(
              "epoch 1 done",
              "Traceback (most recent call last):",
              "  File \"t.py\", line 9",
              "RuntimeError: CUDA out of memory");
      assertThat(cursor.position()).isEqualTo(Files.size(log.path()));
    }
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seekLast(1)).isEqualTo(new LogStart(70, 1, 4, true));
      assertThat(log.rest(cursor)).containsExactly("RuntimeError: CUDA out of memory");
    }
  }

  @Test
  void it_comes_when_the_run_ends_and_not_again_with_its_line_end() throws IOException {
    log.status("running");
    log.append("one\ntwo");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one");
      log.status("finished");
      assertThat(log.rest(cursor)).containsExactly("two");
      assertThat(log.rest(cursor)).isEmpty();
      log.append("\n");
      assertThat(log.rest(cursor)).isEmpty();
      log.append("three\n");
      assertThat(log.rest(cursor)).containsExactly("three");
    }
  }

  @Test
  void a_reader_resumes_after_it_with_or_without_its_line_end() throws IOException {
    log.status("finished");
    log.append("one\ntwo");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seek(7)).isTrue();
      assertThat(log.rest(cursor)).isEmpty();
    }
    log.append("\r\nthree\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seek(7)).isFalse();
    }
    log.overwrite("one\ntwo\nthree\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seek(7)).isTrue();
      assertThat(log.rest(cursor)).containsExactly("three");
    }
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seek(6)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", ""})
  void it_waits_while_more_may_be_written(String status) throws IOException {
    if (!status.isEmpty()) {
      log.status(status);
    }
    log.append("one\ntwo");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seekLast(5)).isEqualTo(new LogStart(0, 1, 1, true));
      assertThat(log.rest(cursor)).containsExactly("one");
    }
  }

  @Test
  void a_redrawn_line_can_be_looked_at_before_it_ends() throws IOException {
    log.append("one\n\r 1%|#");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one");
      assertThat(cursor.unfinished()).contains(new Line(4, 10, "\r 1%|#", false));
      log.append("\r 2%|#");
      assertThat(log.rest(cursor)).isEmpty();
      assertThat(cursor.unfinished()).contains(new Line(4, 16, "\r 1%|#\r 2%|#", false));
      log.append("\n");
      assertThat(log.rest(cursor)).containsExactly("\r 1%|#\r 2%|#");
      log.append("not redrawn");
      assertThat(log.rest(cursor)).isEmpty();
      assertThat(cursor.unfinished()).isEmpty();
    }
  }

  @Test
  void only_the_latest_states_of_a_long_line_are_looked_at() throws IOException {
    log.append("\r 1%|#".repeat(100_000) + "\r 99%|##");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).isEmpty();
      String text = cursor.unfinished().orElseThrow().text();
      assertThat(text).endsWith("\r 1%|#\r 99%|##").hasSizeLessThan(70_000);
      assertThat(new LogView(Progress.COLLAPSE).showUnfinished(cursor.unfinished().get()))
          .isEqualTo(List.of(new ShownLine(0, 0, " 99%|##")));
    }
  }

  @Test
  void of_a_very_long_line_that_is_redrawn_the_latest_states_are_kept() throws IOException {
    byte[] state = "\r 50%|#####     | 5/10".getBytes(StandardCharsets.UTF_8);
    byte[] states = new byte[18_000_000 / state.length * state.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = state[i % state.length];
    }
    log.append(states);
    log.append("\r100%|##########| 10/10\nnext\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      List<String> lines = log.rest(cursor);
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).endsWith("5/10\r100%|##########| 10/10");
      assertThat(lines.get(1)).isEqualTo("next");
    }
  }

  @Test
  void of_another_very_long_line_it_is_said_how_much_is_left_out() throws IOException {
    log.append("x".repeat(17 << 20) + "\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      List<String> lines = log.rest(cursor);
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).endsWith("xxx [1048577 bytes left out]");
    }
  }
}
