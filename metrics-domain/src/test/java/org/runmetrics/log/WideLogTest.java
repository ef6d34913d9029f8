package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs in UTF-16, as PowerShell writes them. */
class WideLogTest {
  @TempDir Path root;
  private WrittenLog log;

  @BeforeEach
  void aRun() throws IOException {
    log = new WrittenLog(root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void each_byte_may_come_on_its_own(String charset) throws IOException {
    // U+0A0D and U+0D0A hold the bytes of line ends.
    byte[] bytes = "\uFEFFgrößer 🎉\r\n\u0A0D\u0D0A\n\nlast\n".getBytes(Charset.forName(charset));
    try (LogCursor cursor = new LogCursor(log.run())) {
      List<String> lines = new ArrayList<>();
      for (byte b : bytes) {
        log.append(new byte[] {b});
        lines.addAll(log.rest(cursor));
      }
      assertThat(lines).containsExactly("größer 🎉", "\u0A0D\u0D0A", "last");
      assertThat(cursor.position()).isEqualTo(bytes.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void the_last_lines_are_found_and_offsets_are_bytes(String charset) throws IOException {
    log.status("finished");
    log.append("\uFEFFone\r\n\r\ntwo\r\nthree".getBytes(Charset.forName(charset)));
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seekLast(2)).isEqualTo(new LogStart(12, 2, 3, true));
      assertThat(log.rest(cursor)).containsExactly("two", "three");
      assertThat(cursor.position()).isEqualTo(Files.size(log.path()));
    }
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(cursor.seek(13)).isFalse();
      assertThat(cursor.seek(12)).isTrue();
      assertThat(log.rest(cursor)).containsExactly("two", "three");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void lines_longer_than_a_block_are_whole(String charset) throws IOException {
    String line = "0123456789é".repeat(20_000);
    log.append(("\uFEFF" + line + "\n" + line + "!\n").getBytes(Charset.forName(charset)));
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly(line, line + "!");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void a_very_long_line_is_cut(String charset) throws IOException {
    log.append(("\uFEFF" + "é".repeat(9 << 20) + "\nnext\n").getBytes(Charset.forName(charset)));
    try (LogCursor cursor = new LogCursor(log.run())) {
      List<String> lines = log.rest(cursor);
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).startsWith("éé").contains("éé [").endsWith(" bytes left out]");
      assertThat(lines.get(1)).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF", ""})
  void invalid_bytes_of_utf_8_are_replaced(String mark) throws IOException {
    log.append(mark);
    log.append(new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xC3, '\n'});
    try (LogCursor cursor = new LogCursor(log.run())) {
      assertThat(log.rest(cursor)).containsExactly("a\uFFFDb\uFFFD");
    }
  }
}
