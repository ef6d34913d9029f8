package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.scan.BlockSize;
import org.runmetrics.scan.ScanThreads;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;
import org.runmetrics.settings.CacheSize;
import org.runmetrics.view.Table;

/** A file of many blocks, with lines that lie across their borders. */
class FileScanTest {
  private static final CacheSize LARGE = CacheSize.ofHeap(256L << 20);

  @TempDir Path root;
  private EventsOnDisk events;

  @BeforeEach
  void write() throws IOException {
    events = EventsOnDisk.create(root, "r1");
    Random random = new Random(7);
    try (BufferedWriter writer = Files.newBufferedWriter(events.file())) {
      for (int step = 1; step <= 60_000; step++) {
        writer.write(line(random, step));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void several_threads_find_what_one_finds(int threads) throws IOException {
    try (SeriesCache one = new SeriesCache(LARGE, 1);
        SeriesCache several = new SeriesCache(LARGE, threads)) {
      Series expected = one.series(events.run());
      Series found = several.series(events.run());

      assertThat(expected.segments()).hasSizeGreaterThan(2);
      assertThat(found.segments()).isEqualTo(expected.segments());
      assertThat(found.metrics()).isEqualTo(expected.metrics());
      assertThat(found.skippedLines()).isEqualTo(expected.skippedLines()).isPositive();
      assertThat(several.statistics().linesRead()).isEqualTo(one.statistics().linesRead());
      assertThat(Rows.of(Table.bySteps(found))).isEqualTo(Rows.of(Table.bySteps(expected)));
    }
  }

  @Test
  void a_file_that_grew_has_the_segments_of_one_written_at_once() throws IOException {
    byte[] bytes = Files.readAllBytes(events.file());
    EventsOnDisk grown = EventsOnDisk.create(root, "r2");
    try (SeriesCache cache = new SeriesCache(LARGE, 2)) {
      int from = 0;
      for (int to : new int[] {1, 4 << 20, (4 << 20) + 1, 13_000_000, bytes.length}) {
        grown.append(Arrays.copyOfRange(bytes, from, to));
        cache.series(grown.run());
        from = to;
      }

      assertThat(cache.series(grown.run()).segments())
          .isEqualTo(cache.series(events.run()).segments());
      assertThat(cache.statistics().loads()).isEqualTo(2);
    }
  }

  @Test
  void segments_that_fill_with_names_are_the_same_however_the_file_was_written()
      throws IOException {
    Random random = new Random(9);
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= 30_000; step++) {
      lines.append(EventsOnDisk.line(step).replace("\"a\"", "\"m" + random.nextInt(step) + "\""));
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    EventsOnDisk whole = EventsOnDisk.create(root, "r4");
    whole.append(bytes);
    EventsOnDisk grown = EventsOnDisk.create(root, "r5");
    try (SeriesCache cache = new SeriesCache(LARGE, 2)) {
      for (int from = 0; from < bytes.length; from += 300_000) {
        grown.append(Arrays.copyOfRange(bytes, from, Math.min(from + 300_000, bytes.length)));
        cache.series(grown.run());
      }

      assertThat(cache.series(grown.run()).segments())
          .isEqualTo(cache.series(whole.run()).segments())
          .hasSizeGreaterThan(3);
      assertThat(cache.series(grown.run()).metrics())
          .isEqualTo(cache.series(whole.run()).metrics());
    }
  }

  @Test
  void a_file_that_is_rewritten_while_it_is_read_is_read_anew() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    byte[] rewritten =
        Files.readString(events.file())
            .replace("\"loss\"", "\"other\"")
            .concat(EventsOnDisk.line(70_000))
            .getBytes(StandardCharsets.UTF_8);
    try (SeriesCache cache = new SeriesCache(LARGE, 1)) {
      Future<?> load = other.submit(() -> cache.series(events.run()));
      while (cache.statistics().heap().entries() == 0) {
        // Until the first segment is read.
        Thread.onSpinWait();
      }
      Files.write(events.file(), rewritten);
      load.get();

      assertThat(cache.series(events.run()).metrics())
          .extracting(Metric::name)
          .doesNotContain("loss")
          .contains("other", "a");
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void a_crash_that_left_many_zeros_costs_one_line() throws IOException {
    EventsOnDisk crashed = EventsOnDisk.create(root, "r6");
    crashed.log(1, 1000);
    crashed.append(new byte[40 << 20]);
    crashed.append("\n");
    crashed.log(1001, 2000);
    try (SeriesCache cache = new SeriesCache(LARGE, 2)) {
      Series series = cache.series(crashed.run());

      assertThat(Rows.of(Table.bySteps(series))).hasSize(2000);
      assertThat(series.skippedLines()).isEqualTo(1);
    }
  }

  @Test
  void a_short_run_is_read_while_the_turns_to_read_long_ones_are_taken() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    EventsOnDisk brief = EventsOnDisk.create(root, "r3");
    brief.log(1, 1000);
    try (ScanThreads threads = new ScanThreads(1);
        SeriesCache cache = new SeriesCache(LARGE, threads, BlockSize.STANDARD)) {
      Future<Boolean> longRead =
          other.submit(
              () ->
                  threads.turn(
                      pause -> {
                        taken.countDown();
                        return await(done);
                      }));
      taken.await();

      assertThat(Rows.of(Table.bySteps(cache.series(brief.run())))).hasSize(1000);

      done.countDown();
      assertThat(longRead.get()).isTrue();
    } finally {
      other.shutdownNow();
    }
  }

  private static boolean await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Mostly usual lines; some that are none, some sparse, some longer than a block. */
  private static String line(Random random, int step) {
    int kind = random.nextInt(10_000);
    if (kind < 1) {
      return "{\"type\": \"text\", \"data\": \"" + "x".repeat(random.nextInt(6 << 20)) + "\"}\n";
    }
    if (kind < 200) {
      return kind < 100 ? "no event\n" : "\r\n";
    }
    String late = step > 40_000 && kind < 400 ? "\"late\": " + kind + ", " : "";
    String sparse = kind < 600 ? "\"val/loss\": NaN, " : "";
    return "{\"ts\": %d.25, \"type\": \"metrics\", \"data\": {%s%s\"loss\": %s, \"global_step\": %d}}%n"
        .formatted(1_700_000_000 + step, late, sparse, random.nextInt(100_000) / 1000.0, step);
  }
}
