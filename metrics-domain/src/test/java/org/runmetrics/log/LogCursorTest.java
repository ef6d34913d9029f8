package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.line.Line;

class LogCursorTest {
  @TempDir Path root;
  private WrittenLog log;

  @BeforeEach
  void aRun() throws IOException {
    log = new WrittenLog(root);
  }

  @Test
  void a_half_line_waits_for_its_newline() throws IOException {
    log.append("first\nsec");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("first");
      log.append("on");
      assertThat(log.rest(cursor)).isEmpty();
      log.append("d\nthird");
      assertThat(log.rest(cursor)).containsExactly("second");
      assertThat(cursor.position()).isEqualTo("first\nsecond\n".length());
    }
  }

  @Test
  void a_half_line_may_be_taken_back_and_another_line_take_its_place() throws IOException {
    log.append("one\nhalf");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one");
      log.overwrite("one\n");
      assertThat(log.rest(cursor)).isEmpty();
      log.overwrite("one\ntwo\n");
      assertThat(log.rest(cursor)).containsExactly("two");
    }
  }

  @Test
  void of_a_line_longer_than_anyone_writes_a_part_is_searched_at_a_time() throws IOException {
    String start = "x".repeat(100);
    log.append("first\n" + start);
    long length = 64L << 20;
    log.extend(length);
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.read().lines()).hasSize(1);
      int parts = 0;
      while (cursor.read().more()) {
        assertThat(cursor.position()).isEqualTo("first\n".length());
        parts++;
      }
      assertThat(parts).isGreaterThan(10);

      log.append("\nlast\n");
      LogBlock block = cursor.read();
      assertThat(block.lines()).hasSize(1);
      Line line = block.lines().get(0);
      assertThat(line.cut()).isTrue();
      assertThat(line.text()).startsWith(start).endsWith(" bytes left out]");
      assertThat(line.end()).isEqualTo(length + 1);
      assertThat(log.rest(cursor)).containsExactly("last");
    }
  }

  @Test
  void a_blank_line_of_any_length_is_passed_over() throws IOException {
    log.append((" ".repeat(1023) + "\r").repeat(20 << 10));
    log.append("\nlast\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("last");
    }
  }

  @Test
  void a_character_split_over_two_writes_arrives_whole() throws IOException {
    byte[] bytes = "größer 🎉\n".getBytes(StandardCharsets.UTF_8);
    try (LogCursor cursor = new LogCursor(log.run())) {
      List<String> lines = new ArrayList<>();
      for (byte b : bytes) {
        log.append(new byte[] {b});
        lines.addAll(log.rest(cursor));
      }
      assertThat(lines).containsExactly("größer 🎉");
    }
  }

  @Test
  void blank_lines_are_passed_over_but_move_the_position() throws IOException {
    log.append("\n  \t\r\na\n\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("a");
      assertThat(cursor.position()).isEqualTo(Files.size(log.path()));
    }
  }

  @Test
  void a_truncated_log_is_read_from_its_start() throws IOException {
    log.append("one\ntwo\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one", "two");
      log.overwrite("new\n");
      LogBlock block = cursor.read();
      assertThat(block.truncated()).isTrue();
      assertThat(block.lines()).extracting(Line::text).containsExactly("new");
    }
  }

  @Test
  void a_log_rewritten_longer_than_it_was_is_read_from_its_start() throws IOException {
    log.append("one\ntwo\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one", "two");
      log.overwrite("another log\nthat is longer\n");
      LogBlock block = cursor.read();
      assertThat(block.truncated()).isTrue();
      assertThat(block.lines())
          .extracting(Line::text)
          .containsExactly("another log", "that is longer");
    }
  }

  @Test
  void a_truncation_of_the_half_line_alone_is_none() throws IOException {
    log.append("one\nhalf");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one");
      log.overwrite("one\nh");
      assertThat(cursor.read().isEmpty()).isTrue();
      log.append("i\n");
      assertThat(log.rest(cursor)).containsExactly("hi");
    }
  }

  @Test
  void what_is_left_of_a_rotated_log_comes_before_the_new_one() throws IOException {
    log.append("one\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one");
      log.append("two\n");
      log.rotate();
      log.append("three\n");
      assertThat(log.rest(cursor)).containsExactly("two", "three");
      assertThat(cursor.position()).isEqualTo("three\n".length());
    }
  }

  @Test
  void a_writer_that_did_not_notice_the_rotation_is_still_heard() throws IOException {
    log.append("one\n");
    try (LogCursor cursor = new LogCursor(log.run());
        var writer = Files.newOutputStream(log.path(), StandardOpenOption.APPEND)) {
      assertThat(log.rest(cursor)).containsExactly("one");
      log.rotate();
      assertThat(log.rest(cursor)).isEmpty();
      writer.write("two\n".getBytes(StandardCharsets.UTF_8));
      assertThat(log.rest(cursor)).containsExactly("two");
    }
  }

  @Test
  void a_deleted_log_is_waited_for() throws IOException {
    log.append("one\n");
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("one");
      log.delete();
      assertThat(log.rest(cursor)).isEmpty();
      assertThat(cursor.isMissing()).isTrue();
      log.append("two\n");
      assertThat(log.rest(cursor)).containsExactly("two");
      assertThat(cursor.isMissing()).isFalse();
    }
  }

  @Test
  void a_log_that_is_a_directory_counts_as_missing() throws IOException {
    Files.createDirectory(log.path());
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.isMissing()).isTrue();
      assertThat(cursor.read().isEmpty()).isTrue();
    }
  }

  @Test
  void a_log_that_links_out_of_the_storage_root_counts_as_missing(@TempDir Path outside)
      throws IOException {
    Path secret = Files.writeString(outside.resolve("secret.txt"), "secret\n");
    Files.createSymbolicLink(log.path(), secret);
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.read().isEmpty()).isTrue();
      assertThat(cursor.isMissing()).isTrue();
    }
  }

  @Test
  void seeking_goes_behind_any_line_and_nowhere_else() throws IOException {
    String text = "a\n\nbc\r\nü\nhalf";
    log.append(text);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int offset = 0; offset <= bytes.length + 2; offset++) {
      try (LogCursor cursor = new LogCursor(log.run())) {
        boolean behindLine = offset == 0 || (offset <= bytes.length && bytes[offset - 1] == '\n');
        assertThat(cursor.seek(offset)).as("offset %d", offset).isEqualTo(behindLine);
        assertThat(cursor.position()).isEqualTo(behindLine ? offset : 0);
      }
    }
  }

  @Test
  void a_log_of_many_blocks_is_read_in_order() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      expected.add("line " + i);
      text.append("line ").append(i).append('\n');
    }
    log.append(text.toString());
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.read().lines()).hasSizeLessThan(10_000).first().isNotNull();
    }
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).isEqualTo(expected);
    }
  }
}
