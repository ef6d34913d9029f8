package org.runmetrics.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder for the cache's disk tier: one for each server, gone when it stops.
 *
 * @param path the folder
 */
record CacheFolder(Path path) {

  static CacheFolder create() {
    try {
      return new CacheFolder(Files.createTempDirectory("runmetrics-cache-"));
    } catch (IOException e) {
      throw new UncheckedIOException("metrics.cache.disk needs a temporary folder", e);
    }
  }

  void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The cache's folder could not be deleted", e);
    }
  }
}
