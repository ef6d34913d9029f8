package org.runmetrics.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.line.WrittenFile.Reading;

class ByteOrderMarkTest {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  @TempDir Path directory;
  private WrittenFile file;

  @BeforeEach
  void aFile() {
    file = new WrittenFile(directory.resolve("file"));
  }

  @Test
  void a_mark_at_the_start_of_the_file_is_skipped() throws IOException {
    Reading reading = file.append(MARK).append("one\ntwo\n").read();
    assertThat(reading.lines())
        .containsExactly(new Line(3, 7, "one", false), new Line(7, 11, "two", false));
  }

  @Test
  void a_mark_alone_is_no_text() throws IOException {
    Reading reading = file.append(MARK).read();
    assertThat(reading.lines()).isEmpty();
    assertThat(reading.rest()).isEmpty();
    assertThat(file.append("one\n").read(reading.position(), 7).lines())
        .containsExactly(new Line(3, 7, "one", false));
  }

  @Test
  void a_mark_that_is_half_written_is_skipped_once_it_is_whole() throws IOException {
    long position = 0;
    for (byte part : MARK) {
      Reading half = file.append(new byte[] {part}).read();
      assertThat(half.lines()).isEmpty();
      position = half.position();
    }
    assertThat(file.append("one\n").read(position, 7).lines())
        .containsExactly(new Line(3, 7, "one", false));
  }

  @Test
  void a_mark_in_front_of_half_a_line_stays_skipped() throws IOException {
    Reading half = file.append(MARK).append("o").read();
    assertThat(half.rest()).isEqualTo("o");
    assertThat(file.append("ne\n").read(half.position(), 7).texts()).containsExactly("one");
    assertThat(file.read().texts()).containsExactly("one");
  }

  @Test
  void only_the_first_mark_of_a_file_is_skipped() throws IOException {
    file.append(MARK).append(MARK).append("one\n").append(MARK).append("two\n");
    assertThat(file.read().texts()).containsExactly("\uFEFFone", "\uFEFFtwo");
    assertThat(file.read(10, 17).texts()).containsExactly("\uFEFFtwo");
  }
}
