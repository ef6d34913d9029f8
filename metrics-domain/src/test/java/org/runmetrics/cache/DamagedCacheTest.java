package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.ForkedJvm;

/** Whatever happens to a cache's files, answers are those of the events. */
class DamagedCacheTest {
  private static final long SEED = 20261124;

  /** The tables of Ehcache lie at the start of its data. */
  private static final int TABLE_BYTES = 8 << 10;

  @TempDir Path root;
  private Path closed;
  private final List<EventsOnDisk> runs = new ArrayList<>();
  private final List<List<Map<String, Object>>> rows = new ArrayList<>();
  private int copies;

  @BeforeEach
  void fill() throws IOException {
    for (int i = 1; i <= 8; i++) {
      EventsOnDisk run = EventsOnDisk.create(root.resolve("storage"), "r" + i);
      run.log(i, i == 1 ? 6_000 : 100 * i);
      runs.add(run);
      rows.add(CacheOnDisk.plainRows(run));
    }
    closed = root.resolve("closed");
    CacheOnDisk.fill(closed, runs);
  }

  @Test
  void flipped_bits_change_no_answer() throws IOException {
    Random random = new Random(SEED);
    List<Path> files = CacheOnDisk.files(closed);
    assertThat(files).hasSizeGreaterThanOrEqualTo(5);
    for (int i = 0; i < 100; i++) {
      Path copy = copy();
      Path file = copy.resolve(closed.relativize(files.get(i % files.size())));
      flip(file, random.nextLong(Files.size(file)), random.nextInt(8));
      answersAreRight(copy);
    }
  }

  @Test
  void flipped_bits_in_the_tables_change_no_answer() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      Path copy = copy();
      for (int flips = i % 30; flips >= 0; flips--) {
        flip(data(copy), random.nextInt(TABLE_BYTES), random.nextInt(8));
      }
      answersAreRight(copy);
    }
  }

  @Test
  void one_flipped_bit_in_a_value_costs_that_value_alone() throws IOException {
    Path copy = copy();
    flip(data(copy), Files.size(data(copy)) / 2, 3);
    try (SeriesCache cache = CacheOnDisk.open(copy)) {
      answersAreRight(cache);
      CacheStatistics statistics = cache.statistics();
      assertThat(statistics.loads() + statistics.segmentReloads()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void files_cut_grown_emptied_or_missing_change_no_answer() throws IOException {
    for (Path file : CacheOnDisk.files(closed)) {
      Path name = closed.relativize(file);
      long size = Files.size(file);
      for (long length : new long[] {0, 1, size / 2, size - 1, size + 1, size + 5000}) {
        Path copy = copy();
        resize(copy.resolve(name), length);
        answersAreRight(copy);
      }
      Path copy = copy();
      Files.delete(copy.resolve(name));
      answersAreRight(copy);
    }
  }

  @Test
  void files_overwritten_with_noise_change_no_answer() throws IOException {
    Random random = new Random(SEED);
    for (Path file : CacheOnDisk.files(closed)) {
      for (int i = 0; i < 3; i++) {
        Path copy = copy();
        Path target = copy.resolve(closed.relativize(file));
        byte[] noise = new byte[(int) Math.min(1 << 20, Files.size(target) / (i + 1))];
        random.nextBytes(noise);
        write(target, random.nextLong(Files.size(target) - noise.length + 1), noise);
        answersAreRight(copy);
      }
    }
  }

  /** A server that reads a run several times, and what it is asked for meanwhile. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) throws IOException {
      EventsOnDisk run = EventsOnDisk.create(Path.of(arguments[1]), "r1");
      List<Map<String, Object>> rows = CacheOnDisk.plainRows(run);
      try (SeriesCache cache = CacheOnDisk.open(Path.of(arguments[0]))) {
        for (int i = 0; i < 5; i++) {
          System.out.println(CacheOnDisk.rows(cache, run).equals(rows));
        }
      }
    }
  }

  @Test
  void a_disk_that_is_full_changes_no_answer() throws Exception {
    runs.get(0).log(6_001, 30_000);
    String storage = root.resolve("storage").toString();
    for (int blocks : new int[] {1, 50, 200, 8000}) {
      String directory = root.resolve("small" + blocks).toString();
      assertThat(ForkedJvm.runWithSmallFiles(blocks, Reading.class, directory, storage))
          .contains("true")
          .doesNotContain("false");
    }
  }

  private void answersAreRight(Path directory) throws IOException {
    try (SeriesCache cache = CacheOnDisk.open(directory)) {
      answersAreRight(cache);
      // What was written since must not be mistaken for something else either.
      answersAreRight(cache);
    }
    try (SeriesCache cache = CacheOnDisk.open(directory)) {
      answersAreRight(cache);
    }
    CacheOnDisk.delete(directory);
  }

  private void answersAreRight(SeriesCache cache) throws IOException {
    for (int i = 0; i < runs.size(); i++) {
      assertThat(CacheOnDisk.rows(cache, runs.get(i)).equals(rows.get(i))).isTrue();
    }
  }

  private Path copy() throws IOException {
    return CacheOnDisk.copy(closed, root.resolve("copy" + copies++));
  }

  private static Path data(Path directory) throws IOException {
    return CacheOnDisk.files(directory).stream()
        .filter(file -> file.toString().endsWith(".data"))
        .findFirst()
        .orElseThrow();
  }

  private static void flip(Path file, long position, int bit) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.read(one, position);
    }
    write(file, position, new byte[] {(byte) (one.get(0) ^ (1 << bit))});
  }

  /** Keeps the time of the file: Ehcache itself would otherwise see that it changed. */
  private static void write(Path file, long position, byte[] bytes) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position);
    }
    Files.setLastModifiedTime(file, time);
  }

  private static void resize(Path file, long length) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      if (channel.size() < length) {
        channel.write(ByteBuffer.allocate(1), length - 1);
      }
    }
    Files.setLastModifiedTime(file, time);
  }
}
