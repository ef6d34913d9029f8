package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is found from the end is what reading from the start tells. */
class LogHistoryProperties {
  private static final String[] PIECES = {
    "a", "\n", "\n", " ", "\r\n", "é", "\uFEFF", "a longer piece of a line", "x".repeat(200_000)
  };

  @Property(tries = 150)
  void theLastLinesStartWhereTheyDoWhenAllAreRead(
      @ForAll long seed,
      @ForAll @IntRange(max = 60) int pieces,
      @ForAll @IntRange(min = 1, max = 12) int wanted)
      throws IOException {
    Path root = Files.createTempDirectory("log-history");
    try {
      WrittenLog log = new WrittenLog(root);
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pieces; i++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      log.append(text.toString());

      try (LogCursor found = new LogCursor(log.run())) {
        assertThat(found.seekLast(wanted)).isEqualTo(plain(log, wanted));
      }
    } finally {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static LogStart plain(WrittenLog log, int wanted) throws IOException {
    List<Long> starts = new ArrayList<>();
    try (LogCursor cursor = new LogCursor(log.run())) {
      LogBlock block = cursor.read();
      while (!block.isEmpty()) {
        block.lines().forEach(line -> starts.add(line.start()));
        block = cursor.read();
      }
    }
    int total = starts.size();
    return total <= wanted
        ? new LogStart(0, total, total, true)
        : new LogStart(starts.get(total - wanted), wanted, total, true);
  }
}
