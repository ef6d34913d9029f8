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

  private static final String[] DRAWN = {
    "a",
    "\n",
    "\n",
    "\n",
    "text\n",
    "\r",
    " ",
    "\r 45%|████      | 45/100 [00:12<00:15,  3.45it/s]",
    "\rworker 1:  46%|████      | 46/100 [00:12<00:15,  3.45it/s]",
    "\rworker 2:  47%|████      | 47/100 [00:12<00:15,  3.45it/s]\n",
    "x".repeat(100_000) + "\n"
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

  @Property(tries = 150)
  void theLastLinesThatAViewShowsAreTheLastOfAll(
      @ForAll long seed,
      @ForAll @IntRange(max = 60) int pieces,
      @ForAll @IntRange(min = 1, max = 12) int wanted,
      @ForAll Progress progress,
      @ForAll boolean ended)
      throws IOException {
    Path root = Files.createTempDirectory("log-history");
    try {
      WrittenLog log = new WrittenLog(root);
      log.status(ended ? "finished" : "running");
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pieces; i++) {
        text.append(DRAWN[random.nextInt(DRAWN.length)]);
      }
      log.append(text.toString());
      List<String> all = shown(log, Integer.MAX_VALUE, progress);

      List<String> last = shown(log, wanted, progress);

      int count = Math.min(wanted, all.size());
      assertThat(last).isEqualTo(all.subList(all.size() - count, all.size()));
      try (LogCursor cursor = new LogCursor(log.run())) {
        LogStart start = cursor.seekLast(wanted, new LogView(progress));
        assertThat(start.lines()).isEqualTo(count);
        assertThat(start.total()).isEqualTo(all.size());
        assertThat(start.counted()).isTrue();
      }
    } finally {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<String> shown(WrittenLog log, int wanted, Progress progress)
      throws IOException {
    List<String> shown = new ArrayList<>();
    LogView view = new LogView(progress);
    try (LogCursor cursor = new LogCursor(log.run())) {
      if (wanted < Integer.MAX_VALUE) {
        cursor.seekLast(wanted, view);
      }
      for (LogBlock block = cursor.read(); !block.isEmpty(); block = cursor.read()) {
        block.lines().forEach(line -> view.show(line).forEach(one -> shown.add(one.text())));
      }
    }
    view.settle().forEach(one -> shown.add(one.text()));
    return shown;
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
