package org.runmetrics.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.runmetrics.scan.BlockSize;
import org.runmetrics.scan.ScanThreads;
import org.runmetrics.settings.CacheSize;
import org.runmetrics.view.Table;

/** A cache with a disk tier in a folder, which a test opens, closes, copies and damages. */
final class CacheOnDisk {
  /** Few entries fit on the heap, so that answers come from the disk. */
  private static final CacheSize SIZE = new CacheSize(128 << 10, 0, 64 << 20);

  /** Blocks of some hundred lines, so that a short run has as many segments as a long one has. */
  private static final BlockSize BLOCKS = new BlockSize(64 << 10);

  private CacheOnDisk() {}

  static SeriesCache open(Path directory) {
    return open(SIZE, directory);
  }

  static SeriesCache open(CacheSize size, Path directory) {
    return new SeriesCache(size, new ScanThreads(2), BLOCKS, directory);
  }

  /** Fills a cache with runs and closes it. */
  static void fill(Path directory, List<EventsOnDisk> runs) throws IOException {
    try (SeriesCache cache = open(directory)) {
      for (EventsOnDisk run : runs) {
        rows(cache, run);
      }
    }
  }

  static List<Map<String, Object>> rows(SeriesCache cache, EventsOnDisk events) throws IOException {
    return Rows.of(Table.bySteps(cache.series(events.run())));
  }

  /** Returns the rows that a cache answers which holds nothing. */
  static List<Map<String, Object>> plainRows(EventsOnDisk events) throws IOException {
    try (SeriesCache cache = new SeriesCache(CacheSize.ofHeap(64 << 20), 2)) {
      return rows(cache, events);
    }
  }

  /** Copies a folder with the times of its files. */
  static Path copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted((a, b) -> b.compareTo(a))
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  /** Returns the files that hold something, in order. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(CacheOnDisk::holdsSomething).sorted().toList();
    }
  }

  private static boolean holdsSomething(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
