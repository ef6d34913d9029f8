package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that users and trackers do to a storage root, at one place or from one to another.
 *
 * @param kind what is done
 * @param from a place below the root
 * @param to another one
 * @param file the name of a file, where one matters
 * @param number makes one change differ from others
 */
record StorageChange(Kind kind, String from, String to, String file, int number) {
  static final List<String> PLACES =
      List.of(
          "runs",
          "runs/a",
          "runs/b",
          "runs/g",
          "runs/g/a",
          "runs/g/c",
          "runs/g/h",
          "runs/g/h/d",
          "p",
          "p/n",
          "p/n/runs",
          "p/n/runs/a",
          "p/n/runs/e",
          "attic");
  static final List<String> FILES =
      List.of("meta.json", "status.json", "summary.json", "events.jsonl", ".deleted", "logs.txt");

  /** What can be done. */
  enum Kind {
    CREATE,
    WRITE,
    REPLACE,
    REMOVE,
    DELETE,
    MOVE,
    LINK,
    LINK_FILE,
    TOUCH
  }

  /** Does it, unless the storage is in no state to. */
  void apply(Path root) {
    Path place = root.resolve(from);
    Path other = root.resolve(to);
    try {
      switch (kind) {
        case CREATE -> write(Files.createDirectories(place).resolve("meta.json"));
        case WRITE -> write(place.resolve(file));
        case REPLACE -> {
          write(place.resolve("temporary"));
          Files.move(
              place.resolve("temporary"), place.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
        case REMOVE -> Files.deleteIfExists(place.resolve(file));
        case DELETE -> delete(place);
        case MOVE -> Files.move(place, other);
        case LINK -> Files.createSymbolicLink(place, other);
        case LINK_FILE -> Files.createSymbolicLink(place.resolve(file), other.resolve("logs.txt"));
        case TOUCH ->
            Files.setLastModifiedTime(place, FileTime.from(Instant.ofEpochSecond(number)));
      }
    } catch (IOException impossibleNow) {
      // As when a user tries it.
    }
  }

  private void write(Path path) throws IOException {
    Files.writeString(
        path,
        switch (number % 3) {
          case 0 -> "{\"alias\": \"" + number + "\", \"created_at\": " + number + "}";
          case 1 -> "{\"status\": \"" + number + "\", \"best_metric_value\": " + number + "}";
          default -> "{damaged " + number;
        });
  }

  private static void delete(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
