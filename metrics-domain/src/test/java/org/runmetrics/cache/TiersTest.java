package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.settings.CacheSize;

class TiersTest {
  private static final int SMALL = 10;
  private static final int LARGE = 5_000;
  private static final int KEYS = 200;

  @TempDir Path folder;

  @Test
  void the_heap_is_bounded_in_bytes_and_not_in_entries() {
    long small = Segments.entry(0, SMALL).bytes();
    try (Tiers tiers = Tiers.inMemory(CacheSize.ofHeap(1000 * small))) {
      for (int i = 0; i < 1000; i++) {
        tiers.put(Segments.entry(i, SMALL));
      }

      assertThat(tiers.heap())
          .isEqualTo(new CacheStatistics.Tier(1000, 1000 * small, 1000 * small, 0));
      tiers.put(Segments.entry(1000, SMALL));
      assertThat(tiers.heap().entries()).isLessThanOrEqualTo(1000);
      assertThat(tiers.heap().evictions()).isPositive();
    }
  }

  @Test
  void a_large_entry_takes_the_place_of_as_many_small_ones_as_it_needs() {
    CacheSize size = CacheSize.ofHeap(300_000);
    try (Tiers tiers = Tiers.inMemory(size)) {
      replaceSmallByLarge(tiers, size);
    }
  }

  @Test
  void a_large_entry_that_comes_from_a_lower_tier_does_so_too() {
    CacheSize size = new CacheSize(300_000, 8 << 20, 64 << 20);
    try (Tiers tiers = Tiers.onDisk(size, folder)) {
      replaceSmallByLarge(tiers, size);
    }
  }

  private static void replaceSmallByLarge(Tiers tiers, CacheSize size) {
    for (int i = 0; i < 400; i++) {
      tiers.put(Segments.entry(i, SMALL));
      tiers.get(Segments.entry(i, SMALL).name());
      assertThat(tiers.heap().bytes()).isLessThanOrEqualTo(size.heap());
    }
    assertThat(tiers.heap().entries()).isGreaterThan(200);
    for (int i = 1000; i < 1010; i++) {
      tiers.put(Segments.entry(i, LARGE));
      assertThat(tiers.get(Segments.entry(i, LARGE).name())).isPresent();
      assertThat(tiers.heap().bytes()).isBetween(100_000L, size.heap());
    }
  }

  @Test
  void an_entry_larger_than_the_heap_is_not_held_there_and_takes_no_place() {
    try (Tiers tiers = Tiers.inMemory(CacheSize.ofHeap(50_000))) {
      tiers.put(Segments.entry(1, SMALL));
      tiers.put(Segments.entry(2, LARGE));

      assertThat(tiers.get(Segments.entry(1, SMALL).name())).isPresent();
      assertThat(tiers.get(Segments.entry(2, LARGE).name())).isEmpty();
    }
  }

  @Test
  void an_entry_too_large_for_the_lowest_tier_is_not_held_and_takes_no_place() {
    for (CacheSize size : List.of(new CacheSize(1, 4 << 20, 0), new CacheSize(1, 0, 4 << 20))) {
      try (Tiers tiers = size.disk() > 0 ? Tiers.onDisk(size, folder) : Tiers.inMemory(size)) {
        tiers.put(Segments.entry(1, SMALL));
        tiers.put(Segments.entry(2, 100_000));

        assertThat(tiers.get(Segments.entry(1, SMALL).name())).isPresent();
        assertThat(tiers.get(Segments.entry(2, SMALL).name())).isEmpty();
      }
    }
  }

  @Test
  void an_entry_too_large_for_the_tiers_above_is_held_by_the_lowest() {
    CacheSize size = new CacheSize(50_000, 1 << 20, 64 << 20);
    try (Tiers tiers = Tiers.onDisk(size, folder)) {
      for (int i = 1; i <= 3; i++) {
        tiers.put(Segments.entry(i, 100_000));
        tiers.put(Segments.entry(-i, SMALL));
      }
      for (int i = 1; i <= 3; i++) {
        assertThat(tiers.get(Segments.entry(i, 100_000).name())).isPresent();
        assertThat(tiers.get(Segments.entry(-i, SMALL).name())).isPresent();
      }
    }
  }

  @Test
  void what_is_known_of_a_run_outlives_its_segments() {
    CacheSize size = CacheSize.ofHeap(100_000);
    try (Tiers tiers = Tiers.inMemory(size)) {
      Entry.OfRun run = new Entry.OfRun("/runs/a/events.jsonl", Runs.loaded(3));
      tiers.put(run);
      for (int i = 0; i < 1000; i++) {
        tiers.put(Segments.entry(i, SMALL));
      }

      assertThat(tiers.get(run.name())).contains(run);
    }
  }

  @Test
  void many_threads_at_once_leave_the_heap_within_its_bound() throws Exception {
    for (CacheSize size :
        List.of(CacheSize.ofHeap(300_000), new CacheSize(300_000, 8 << 20, 64 << 20))) {
      try (Tiers tiers = size.disk() > 0 ? Tiers.onDisk(size, folder) : Tiers.inMemory(size)) {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
          List<Future<?>> done = new ArrayList<>();
          for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            done.add(threads.submit(() -> putAndGet(tiers, random)));
          }
          for (Future<?> each : done) {
            each.get();
          }
        } finally {
          threads.shutdownNow();
        }
        for (int i = 0; i < KEYS; i++) {
          tiers.put(Segments.entry(i, SMALL));
          assertThat(tiers.get(Segments.entry(i, SMALL).name())).isPresent();
        }
        assertThat(tiers.heap().bytes()).isBetween(100_000L, size.heap());
        assertThat(tiers.heap().entries()).isGreaterThan(KEYS / 2);
      }
    }
  }

  private static void putAndGet(Tiers tiers, Random random) {
    Entry[] small = new Entry[KEYS];
    Arrays.setAll(small, i -> Segments.entry(i, SMALL));
    Entry large = Segments.entry(-1, LARGE);
    for (int i = 0; i < 5_000; i++) {
      Entry entry = random.nextInt(50) == 0 ? large : small[random.nextInt(KEYS)];
      if (random.nextBoolean()) {
        tiers.put(entry);
      }
      tiers.get(entry.name());
    }
  }
}
