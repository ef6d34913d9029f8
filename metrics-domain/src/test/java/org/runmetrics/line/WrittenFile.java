package org.runmetrics.line;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file that grows, and the lines read of it. */
record WrittenFile(Path path) {

  /**
   * What one reader found.
   *
   * @param lines the complete lines
   * @param position where the next reader goes on
   * @param rest the text behind the last line
   */
  record Reading(List<Line> lines, long position, String rest) {
    List<String> texts() {
      return lines.stream().map(Line::text).toList();
    }
  }

  WrittenFile append(String text) throws IOException {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  WrittenFile append(byte[] bytes) throws IOException {
    Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return this;
  }

  Reading read() throws IOException {
    return read(0, Files.size(path));
  }

  Reading read(long from, long limit) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      LineReader reader = new LineReader(channel, from, limit);
      List<Line> lines = new ArrayList<>();
      for (Optional<Line> line = reader.read(); line.isPresent(); line = reader.read()) {
        lines.add(line.get());
      }
      return new Reading(lines, reader.position(), reader.rest());
    }
  }
}
