package org.runmetrics.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.line.WrittenFile.Reading;

class LineReaderTest {
  private static final int BLOCK = 64 << 10;

  @TempDir Path directory;
  private WrittenFile file;

  @BeforeEach
  void aFile() {
    file = new WrittenFile(directory.resolve("file"));
  }

  @Test
  void lines_know_where_they_start_and_end() throws IOException {
    Reading reading = file.append("one\nzwölf\n\nthree\n").read();
    assertThat(reading.lines())
        .containsExactly(
            new Line(0, 4, "one", false),
            new Line(4, 11, "zwölf", false),
            new Line(11, 12, "", false),
            new Line(12, 18, "three", false));
    assertThat(reading.position()).isEqualTo(18);
    assertThat(reading.rest()).isEmpty();
  }

  @Test
  void an_empty_file_has_no_lines() throws IOException {
    Reading reading = file.append("").read();
    assertThat(reading.lines()).isEmpty();
    assertThat(reading.position()).isZero();
    assertThat(reading.rest()).isEmpty();
  }

  @Test
  void a_half_line_waits_for_its_newline() throws IOException {
    Reading first = file.append("one\ntw").read();
    assertThat(first.texts()).containsExactly("one");
    assertThat(first.position()).isEqualTo(4);
    assertThat(first.rest()).isEqualTo("tw");

    Reading second = file.append("o\n").read(first.position(), 8);
    assertThat(second.lines()).containsExactly(new Line(4, 8, "two", false));
  }

  @Test
  void lines_may_end_in_carriage_return_and_newline() throws IOException {
    assertThat(file.append("one\r\n\r\ntwo\r\n").read().lines())
        .containsExactly(
            new Line(0, 5, "one", false), new Line(5, 7, "", false), new Line(7, 12, "two", false));
  }

  @Test
  void lone_carriage_returns_belong_to_the_line() throws IOException {
    assertThat(file.append("\r10%\r20%\n30%\r\r\n").read().texts())
        .containsExactly("\r10%\r20%", "30%\r");
    assertThat(file.append("half\r").read().rest()).isEqualTo("half\r");
  }

  @Test
  void a_line_end_split_over_two_writes_is_one_line_end() throws IOException {
    Reading first = file.append("one\r").read();
    assertThat(first.lines()).isEmpty();
    Reading second = file.append("\ntwo\n").read(first.position(), 9);
    assertThat(second.texts()).containsExactly("one", "two");
  }

  @Test
  void a_character_split_over_two_writes_is_whole() throws IOException {
    byte[] bytes = "🎉\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length - 1; i++) {
      Reading half = file.append(new byte[] {bytes[i]}).read();
      assertThat(half.lines()).isEmpty();
      assertThat(half.position()).isZero();
    }
    assertThat(file.append("\n").read().texts()).containsExactly("🎉");
  }

  @Test
  void a_character_split_over_two_blocks_is_whole() throws IOException {
    for (int before = BLOCK - 4; before <= BLOCK; before++) {
      WrittenFile split = new WrittenFile(directory.resolve("split" + before));
      String text = "a".repeat(before) + "🎉b";
      assertThat(split.append(text + "\nnext\n").read().texts()).containsExactly(text, "next");
    }
  }

  @Test
  void lines_may_be_longer_than_a_block() throws IOException {
    String text = "a".repeat(3 * BLOCK + 5);
    assertThat(file.append(text + "\r\n" + text + "\n").read().lines())
        .containsExactly(
            new Line(0, text.length() + 2, text, false),
            new Line(text.length() + 2, 2L * text.length() + 3, text, false));
  }

  @Test
  void a_line_of_the_greatest_length_is_whole() throws IOException {
    String text = "a".repeat(LineReader.MAX_BYTES);
    Line line = file.append(text + "\n").read().lines().get(0);
    assertThat(line.cut()).isFalse();
    assertThat(line.text().equals(text)).isTrue();
  }

  @Test
  void a_longer_line_is_cut_and_the_next_is_intact() throws IOException {
    // A carriage return that was kept last is not the line's end.
    String kept = "a".repeat(LineReader.MAX_BYTES - 1) + "\r";
    long end = LineReader.MAX_BYTES + 100_001L;
    Reading reading = file.append(kept + "b".repeat(100_000) + "\nnext\n").read();
    Line line = reading.lines().get(0);
    assertThat(line.cut()).isTrue();
    assertThat(line.text().equals(kept)).isTrue();
    assertThat(line.end()).isEqualTo(end);
    assertThat(reading.lines().get(1)).isEqualTo(new Line(end, end + 5, "next", false));
  }

  @Test
  void invalid_utf_8_is_replaced_and_the_line_kept() throws IOException {
    file.append(new byte[] {'a', (byte) 0xFF, 'b', '\n', (byte) 0xC3, '\n'})
        .append(new byte[] {(byte) 0xF0, (byte) 0x9F, 'x', '\n', 'c', '\n'});
    Reading reading = file.read();
    assertThat(reading.texts()).containsExactly("a\uFFFDb", "\uFFFD", "\uFFFDx", "c");
    assertThat(reading.position()).isEqualTo(12);
  }

  @Test
  void nothing_is_read_at_or_behind_the_limit() throws IOException {
    file.append("one\ntwo\nthree\n");
    assertThat(file.read(0, 8).texts()).containsExactly("one", "two");
    assertThat(file.read(0, 7).texts()).containsExactly("one");
    assertThat(file.read(0, 7).rest()).isEqualTo("two");
    assertThat(file.read(4, 4).lines()).isEmpty();
    assertThat(file.read(8, 4).lines()).isEmpty();
  }

  @Test
  void a_limit_behind_the_end_of_a_file_that_shrank_ends_the_reading() throws IOException {
    assertThat(file.append("one\ntw").read(0, 1_000_000).texts()).containsExactly("one");
    assertThat(file.read(100, 1_000_000).position()).isEqualTo(100);
  }

  @Test
  void the_channel_stays_open() throws IOException {
    file.append("one\n");
    try (SeekableByteChannel channel = Files.newByteChannel(file.path())) {
      LineReader reader = new LineReader(channel, 0, 4);
      assertThat(reader.read()).isPresent();
      assertThat(reader.read()).isEmpty();
      assertThat(reader.read()).isEmpty();
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void a_line_far_across_the_end_is_read_in_few_reads_with_pauses_between() throws IOException {
    file.append("x".repeat(8 << 20) + "\nnext\n");
    AtomicInteger pauses = new AtomicInteger();
    try (SeekableByteChannel channel = Files.newByteChannel(file.path())) {
      LineReader reader =
          new LineReader(
              channel, 0, 100, Files.size(file.path()), pauses::incrementAndGet, new LineRoom());
      assertThat(reader.advance()).isTrue();
      assertThat(reader.position()).isEqualTo((8 << 20) + 1);
      assertThat(pauses.get()).isBetween(1, 20);
    }
  }
}
