package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.series.Series;
import org.runmetrics.settings.CacheSize;
import org.runmetrics.view.Table;

class SeriesCacheTest {
  private static final CacheSize LARGE = CacheSize.ofHeap(64L << 20);

  @TempDir Path root;
  private EventsOnDisk events;
  private SeriesCache cache;

  @BeforeEach
  void start() {
    events = EventsOnDisk.create(root, "r1");
    cache = new SeriesCache(LARGE, 2);
  }

  @AfterEach
  void stop() {
    cache.close();
  }

  @Test
  void an_unchanged_file_is_not_read_again() throws IOException {
    events.log(1, 100);
    List<Map<String, Object>> rows = rows();
    long bytes = cache.statistics().bytesRead();

    assertThat(rows()).isEqualTo(rows).hasSize(100);
    assertThat(cache.statistics().bytesRead()).isEqualTo(bytes).isEqualTo(size());
    assertThat(cache.statistics().hits()).isEqualTo(1);
  }

  @Test
  void of_a_grown_file_only_what_was_added_is_read() throws IOException {
    events.log(1, 20_000);
    assertThat(rows()).hasSize(20_000);
    long before = size();
    events.log(20_001, 20_100);

    assertThat(rows()).hasSize(20_100);
    CacheStatistics statistics = cache.statistics();
    assertThat(statistics.bytesRead()).isEqualTo(size()).isGreaterThan(before);
    assertThat(statistics.linesRead()).isEqualTo(20_100);
    assertThat(statistics.loads()).isEqualTo(1);
    assertThat(statistics.updates()).isEqualTo(1);
    assertThat(statistics.segmentReloads()).isZero();
  }

  @Test
  void a_snapshot_stays_as_it_was_while_the_file_grows() throws IOException {
    events.log(1, 10);
    Series snapshot = cache.series(events.run());
    events.log(11, 20);

    assertThat(rows()).hasSize(20);
    assertThat(Rows.of(Table.bySteps(snapshot))).hasSize(10);
  }

  @Test
  void segments_that_were_evicted_are_read_again() throws IOException {
    events.log(1, 200_000);
    try (SeriesCache small = new SeriesCache(CacheSize.ofHeap(1), 2)) {
      Table table = Table.bySteps(small.series(events.run()));
      List<Map<String, Object>> rows = Rows.of(table);

      assertThat(rows).hasSize(200_000);
      assertThat(rows.get(199_999)).containsEntry("a", 200_000L);
      assertThat(small.statistics().heap().bytes()).isLessThanOrEqualTo(1);
      assertThat(small.statistics().segmentReloads()).isPositive();
      events.log(200_001, 200_001);
      assertThat(Rows.of(Table.bySteps(small.series(events.run())))).hasSize(200_001);
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 0", "0, 64", "16, 64"})
  void segments_beyond_the_heap_are_kept_outside_of_it(long offheap, long disk) throws IOException {
    events.log(1, 200_000);
    CacheSize size = new CacheSize(1, offheap << 20, disk << 20);
    try (SeriesCache tiered = new SeriesCache(size, 2)) {
      List<Map<String, Object>> rows = Rows.of(Table.bySteps(tiered.series(events.run())));

      assertThat(rows).hasSize(200_000);
      assertThat(rows.get(199_999)).containsEntry("a", 200_000L);
      assertThat(tiered.statistics().segmentReloads()).isZero();
    }
  }

  @Test
  void segments_of_a_file_that_was_replaced_meanwhile_are_refused() throws IOException {
    events.log(1, 1000);
    try (SeriesCache small = new SeriesCache(CacheSize.ofHeap(1), 2)) {
      Table table = Table.bySteps(small.series(events.run()));
      EventsOnDisk other = EventsOnDisk.create(root, "r2");
      other.log(1, 10);
      small.series(other.run());
      Files.move(other.file(), events.file(), StandardCopyOption.REPLACE_EXISTING);

      assertThatThrownBy(() -> Rows.of(table)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void requests_for_a_cold_run_read_it_once() throws Exception {
    events.log(1, 50_000);
    int requests = 8;
    ExecutorService threads = Executors.newFixedThreadPool(requests);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Integer>> sizes = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        sizes.add(
            threads.submit(
                () -> {
                  start.await();
                  return rows().size();
                }));
      }
      start.countDown();
      for (Future<Integer> size : sizes) {
        assertThat(size.get()).isEqualTo(50_000);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(cache.statistics().loads()).isEqualTo(1);
    assertThat(cache.statistics().bytesRead()).isEqualTo(size());
  }

  @Test
  void every_request_sees_what_was_written_before_it_while_others_ask_too() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CountDownLatch stop = new CountDownLatch(1);
    try {
      Future<Void> other =
          threads.submit(
              () -> {
                while (stop.getCount() > 0) {
                  rows();
                }
                return null;
              });
      for (int step = 1; step <= 500; step++) {
        events.log(step, step);
        assertThat(rows()).hasSize(step);
      }
      stop.countDown();
      other.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void the_end_of_a_finished_run_is_read_again_when_it_turns_out_to_go_on() throws IOException {
    events.append(EventsOnDisk.line(1).strip());
    events.status("finished");
    assertThat(rows()).hasSize(1);

    events.append("}\n" + EventsOnDisk.line(2));

    assertThat(rows()).hasSize(1).first().satisfies(row -> assertThat(row).containsEntry("a", 2L));
    assertThat(cache.series(events.run()).skippedLines()).isEqualTo(1);
  }

  @Test
  void the_end_of_a_finished_run_waits_again_once_the_run_goes_on() throws IOException {
    events.append(EventsOnDisk.line(1) + EventsOnDisk.line(2).strip());
    events.status("finished");
    assertThat(rows()).hasSize(2);

    events.status("running");

    assertThat(rows()).hasSize(1);
  }

  @Test
  void a_file_changed_in_its_middle_is_read_anew() throws IOException {
    events.log(1, 1000);
    assertThat(rows()).hasSize(1000);
    String text = Files.readString(events.file());

    Files.writeString(events.file(), text.replace("\"a\": 500,", "\"a\": 999,"));
    Files.setLastModifiedTime(events.file(), FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(rows().get(499)).containsEntry("a", 999L);
  }

  @Test
  void a_file_without_an_object_is_damaged_and_one_that_only_begins_is_not() throws IOException {
    events.append("{\"half");
    assertThat(cache.series(events.run()).isDamaged()).isFalse();
    events.append(" a line\n");
    assertThat(cache.series(events.run()).isDamaged()).isTrue();
    events.log(1, 1);
    assertThat(cache.series(events.run()).isDamaged()).isFalse();
  }

  @Test
  void a_metric_logged_as_fraction_later_is_no_integer_any_more() throws IOException {
    events.log(1, 1);
    assertThat(cache.series(events.run()).metrics().get(0).whole()).isTrue();
    events.append(EventsOnDisk.line(2).replace("\"a\": 2", "\"a\": 2.5"));
    assertThat(cache.series(events.run()).metrics().get(0).whole()).isFalse();
  }

  @Test
  void long_strings_fill_a_segment_too() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= 100; step++) {
      String text = Integer.toString(step).repeat(20_000);
      lines.append(EventsOnDisk.line(step).replace("{\"a\"", "{\"s\": \"" + text + "\", \"a\""));
    }
    events.append(lines.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(cache.series(events.run()).segments()).hasSizeBetween(3, 50);
    assertThat(rows()).hasSize(100);
  }

  private List<Map<String, Object>> rows() throws IOException {
    return Rows.of(Table.bySteps(cache.series(events.run())));
  }

  private long size() throws IOException {
    return Files.size(events.file());
  }
}
