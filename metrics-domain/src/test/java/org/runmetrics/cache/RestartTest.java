package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.ForkedJvm;
import org.runmetrics.settings.CacheSize;

class RestartTest {
  private static final int ROWS = 15_000;

  @TempDir Path root;
  private Path directory;
  private EventsOnDisk events;

  @BeforeEach
  void log() {
    directory = root.resolve("cache");
    events = EventsOnDisk.create(root.resolve("storage"), "r1");
    events.log(1, ROWS);
  }

  @Test
  void an_unchanged_file_is_served_without_a_line_read() throws IOException {
    List<Map<String, Object>> rows = CacheOnDisk.plainRows(events);
    CacheOnDisk.fill(directory, List.of(events));

    for (int restart = 1; restart <= 3; restart++) {
      try (SeriesCache cache = CacheOnDisk.open(directory)) {
        assertThat(CacheOnDisk.rows(cache, events)).isEqualTo(rows);
        assertThat(CacheOnDisk.rows(cache, events)).isEqualTo(rows);
        CacheStatistics statistics = cache.statistics();
        assertThat(statistics.hits()).isEqualTo(2);
        assertThat(statistics.loads()).isZero();
        assertThat(statistics.linesRead()).isZero();
        assertThat(statistics.bytesRead()).isZero();
        assertThat(statistics.segmentReloads()).isZero();
        assertThat(statistics.disk().bytes()).isBetween(64L << 10, 64L << 20);
      }
    }
  }

  @Test
  void a_file_that_was_settled_when_it_was_read_is_served_so_too() throws IOException {
    Files.setLastModifiedTime(events.file(), FileTime.from(Instant.now().minusSeconds(3600)));
    an_unchanged_file_is_served_without_a_line_read();
  }

  @Test
  void of_a_grown_file_only_what_was_added_is_read() throws IOException {
    CacheOnDisk.fill(directory, List.of(events));
    long before = Files.size(events.file());
    events.log(ROWS + 1, ROWS + 10);

    try (SeriesCache cache = CacheOnDisk.open(directory)) {
      assertThat(CacheOnDisk.rows(cache, events)).isEqualTo(CacheOnDisk.plainRows(events));
      assertThat(cache.statistics().loads()).isZero();
      assertThat(cache.statistics().updates()).isEqualTo(1);
      assertThat(cache.statistics().linesRead()).isEqualTo(10);
      assertThat(cache.statistics().bytesRead()).isEqualTo(Files.size(events.file()) - before);
    }
  }

  @Test
  void a_file_that_was_replaced_is_read_anew() throws IOException {
    CacheOnDisk.fill(directory, List.of(events));
    EventsOnDisk other = EventsOnDisk.create(root.resolve("storage"), "r2");
    other.log(2, ROWS + 1);
    Files.move(other.file(), events.file(), StandardCopyOption.REPLACE_EXISTING);

    isReadAnew();
  }

  /** Same inode, size and time: only the content differs. */
  @Test
  void a_file_that_was_written_over_is_read_anew() throws IOException {
    FileTime time = FileTime.from(Instant.now().minusSeconds(3600));
    Files.setLastModifiedTime(events.file(), time);
    CacheOnDisk.fill(directory, List.of(events));
    String text = Files.readString(events.file());
    Files.writeString(events.file(), text.replaceFirst("\"a\": 1,", "\"a\": 7,"));
    Files.setLastModifiedTime(events.file(), time);

    isReadAnew();
  }

  @Test
  void a_file_that_was_cut_is_read_anew() throws IOException {
    CacheOnDisk.fill(directory, List.of(events));
    String text = Files.readString(events.file());
    Files.writeString(events.file(), text.substring(0, text.length() / 2));

    isReadAnew();
  }

  private void isReadAnew() throws IOException {
    try (SeriesCache cache = CacheOnDisk.open(directory)) {
      assertThat(CacheOnDisk.rows(cache, events)).isEqualTo(CacheOnDisk.plainRows(events));
      assertThat(cache.statistics().loads()).isEqualTo(1);
    }
  }

  @Test
  void a_cache_that_was_never_closed_is_begun_anew() throws IOException {
    try (SeriesCache open = CacheOnDisk.open(directory)) {
      CacheOnDisk.rows(open, events);
      Path copy = CacheOnDisk.copy(directory, root.resolve("copy"));
      try (SeriesCache cache = CacheOnDisk.open(copy)) {
        assertThat(CacheOnDisk.rows(cache, events)).isEqualTo(CacheOnDisk.plainRows(events));
        assertThat(cache.statistics().loads()).isEqualTo(1);
      }
      CacheOnDisk.fill(copy, List.of());
      try (SeriesCache cache = CacheOnDisk.open(copy)) {
        assertThat(CacheOnDisk.rows(cache, events)).hasSize(ROWS);
        assertThat(cache.statistics().loads()).isZero();
      }
    }
  }

  /** A server that dies in the middle. */
  static final class Dying {
    private Dying() {}

    public static void main(String[] arguments) throws IOException {
      SeriesCache cache = CacheOnDisk.open(Path.of(arguments[0]));
      EventsOnDisk run = EventsOnDisk.create(Path.of(arguments[1]), "r1");
      System.out.println(CacheOnDisk.rows(cache, run).size());
      System.out.println(cache.statistics().loads());
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  @Test
  void a_process_that_dies_leaves_nothing_that_counts() throws Exception {
    CacheOnDisk.fill(directory, List.of(events));
    String storage = root.resolve("storage").toString();
    List<String> printed =
        ForkedJvm.run(Map.of(), List.of(), Dying.class, directory.toString(), storage);

    assertThat(printed).contains(Integer.toString(ROWS), "0");
    isReadAnew();
  }

  @Test
  void a_smaller_or_larger_tier_is_no_damage() throws IOException {
    CacheOnDisk.fill(directory, List.of(events));
    List<Map<String, Object>> rows = CacheOnDisk.plainRows(events);
    for (long disk : new long[] {128 << 20, 64 << 20, 2 << 20, 32 << 20}) {
      try (SeriesCache cache = CacheOnDisk.open(new CacheSize(1 << 20, 0, disk), directory)) {
        assertThat(CacheOnDisk.rows(cache, events)).isEqualTo(rows);
      }
    }
  }

  @Test
  void three_tiers_outlive_a_restart_too() throws IOException {
    CacheSize size = new CacheSize(1 << 20, 4 << 20, 64 << 20);
    List<Map<String, Object>> rows = CacheOnDisk.plainRows(events);
    for (int start = 1; start <= 3; start++) {
      try (SeriesCache cache = CacheOnDisk.open(size, directory)) {
        assertThat(CacheOnDisk.rows(cache, events)).isEqualTo(rows);
        assertThat(cache.statistics().loads()).isEqualTo(start == 1 ? 1 : 0);
        assertThat(cache.statistics().segmentReloads()).isZero();
      }
    }
  }

  @Test
  void tiers_much_too_small_for_many_runs_only_cost_time() throws IOException {
    List<EventsOnDisk> runs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      EventsOnDisk run = EventsOnDisk.create(root.resolve("storage"), "many" + i);
      run.log(i + 1, i + 500 * (i % 10 + 1));
      runs.add(run);
    }
    for (CacheSize size :
        List.of(
            new CacheSize(1, 0, 1 << 10),
            new CacheSize(100_000, 0, 200_000),
            new CacheSize(10_000, 0, 1 << 20),
            new CacheSize(100_000, 1 << 20, 2 << 20))) {
      for (int start = 1; start <= 2; start++) {
        try (SeriesCache cache = CacheOnDisk.open(size, directory)) {
          for (EventsOnDisk run : runs) {
            assertThat(CacheOnDisk.rows(cache, run)).isEqualTo(CacheOnDisk.plainRows(run));
            assertThat(cache.statistics().heap().bytes()).isLessThanOrEqualTo(size.heap());
          }
          assertThat(CacheOnDisk.rows(cache, runs.get(0))).hasSize(500);
        }
      }
    }
  }
}
