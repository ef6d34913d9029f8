package org.runmetrics.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.runmetrics.line.WrittenFile.Reading;

class LineReaderProperties {
  private static final int BLOCK = 64 << 10;

  @Property
  void a_file_read_while_it_grows_has_the_lines_of_the_whole_file(
      @ForAll("contents") byte[] bytes,
      @ForAll @Size(max = 10) List<@IntRange(max = 3 * BLOCK) Integer> cuts)
      throws IOException {
    Path path = Files.createTempFile("lines", null);
    try {
      WrittenFile file = new WrittenFile(path);
      List<Line> lines = new ArrayList<>();
      long position = 0;
      int written = 0;
      for (int size : sizes(cuts, bytes.length)) {
        file.append(Arrays.copyOfRange(bytes, written, size));
        Reading reading = file.read(position, size);
        lines.addAll(reading.lines());
        position = reading.position();
        written = size;
      }
      assertThat(lines).isEqualTo(file.read().lines()).isEqualTo(expected(bytes));
      assertThat(position).isEqualTo(file.read().position());
    } finally {
      Files.delete(path);
    }
  }

  /** Small pieces that matter, and long ones that shift them to the edges of blocks. */
  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<byte[]> small =
        Arbitraries.of("\n", "\r", "\r\n", "a", "é", "🎉", "\uFEFF", "\0", " ")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> bytes = Arbitraries.bytes().map(b -> new byte[] {b});
    Arbitrary<byte[]> large =
        Arbitraries.integers()
            .between(BLOCK - 5, BLOCK + 1)
            .map(length -> "x".repeat(length).getBytes(StandardCharsets.UTF_8));
    return Arbitraries.frequencyOf(Tuple.of(12, small), Tuple.of(4, bytes), Tuple.of(1, large))
        .list()
        .ofMaxSize(24)
        .map(LineReaderProperties::join);
  }

  private static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static List<Integer> sizes(List<Integer> cuts, int length) {
    List<Integer> sizes = new ArrayList<>(cuts.stream().map(cut -> cut % (length + 1)).toList());
    sizes.add(length);
    return sizes.stream().sorted().toList();
  }

  /** Splits the whole file the simple way. */
  private static List<Line> expected(byte[] bytes) {
    boolean mark = new String(bytes, StandardCharsets.UTF_8).startsWith("\uFEFF");
    List<Line> lines = new ArrayList<>();
    int start = mark ? 3 : 0;
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        int end = i > start && bytes[i - 1] == '\r' ? i - 1 : i;
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        lines.add(new Line(start, i + 1, text, false));
        start = i + 1;
      }
    }
    return lines;
  }
}
