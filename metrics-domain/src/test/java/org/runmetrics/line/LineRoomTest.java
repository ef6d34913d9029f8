package org.runmetrics.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineRoomTest {
  @TempDir Path directory;

  @Test
  void what_a_reader_left_is_no_text_of_the_next_one() throws IOException {
    String text = "a long line that comes first\nsecond\nthe rest";
    LineRoom room = new LineRoom();
    assertThat(read(text, 0, room)).containsExactly("a long line that comes first", "second");
    assertThat(read(text, 29, room)).containsExactly("second");
  }

  @Test
  void a_reader_that_needs_more_room_gets_it() throws IOException {
    LineRoom room = new LineRoom();
    assertThat(read("short\n", 0, room)).containsExactly("short");
    String longer = "x".repeat(1_000_000);
    assertThat(read(longer + "\nshort\n", 0, room)).containsExactly(longer, "short");
    assertThat(read("short\n", 0, room)).containsExactly("short");
  }

  private List<String> read(String text, long from, LineRoom room) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), text);
    List<String> lines = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      LineReader reader = new LineReader(channel, from, size, size, () -> {}, room);
      for (Optional<Line> line = reader.read(); line.isPresent(); line = reader.read()) {
        lines.add(line.get().text());
      }
    }
    return lines;
  }
}
