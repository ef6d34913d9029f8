package org.runmetrics.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MarkedWatchTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir Path temporary;
  private Path root;
  private Path markers;

  @BeforeEach
  void aRootAndAPlaceForMarkers() throws IOException {
    root = Files.createDirectory(temporary.resolve("root"));
    markers = Files.createDirectory(temporary.resolve("markers"));
  }

  @Test
  void every_change_is_reported_by_the_time_one_asks() throws IOException {
    try (MarkedWatch watch = MarkedWatch.open(root, markers).orElseThrow()) {
      List<Path> directories = Stream.of("a", "b", "c").map(root::resolve).toList();
      for (Path directory : directories) {
        watch.add(Files.createDirectory(directory));
      }
      for (int i = 0; i < 500; i++) {
        Path directory = directories.get(i % directories.size());
        Files.createFile(directory.resolve("file" + i));
        List<DirectoryChanges> changes = watch.changes(BOUND).orElseThrow();
        assertThat(changes).extracting(DirectoryChanges::directory).containsOnly(directory);
        assertThat(changes.get(0).replaced()).contains(Path.of("file" + i));
      }
    }
  }

  @Test
  void all_changes_are_reported_although_more_come_all_the_time() throws Exception {
    Path busy = Files.createDirectory(root.resolve("busy"));
    Path quiet = Files.createDirectory(root.resolve("quiet"));
    AtomicBoolean ended = new AtomicBoolean();
    Thread writer = new Thread(() -> write(busy.resolve("file"), ended));
    try (MarkedWatch watch = MarkedWatch.open(root, markers).orElseThrow()) {
      watch.add(busy);
      watch.add(quiet);
      writer.start();
      for (int i = 0; i < 200; i++) {
        Path name = Path.of("file" + i);
        Files.createFile(quiet.resolve(name));
        Set<Path> told = new HashSet<>();
        watch.changes(BOUND).orElseThrow().forEach(changes -> told.addAll(changes.replaced()));
        assertThat(told).contains(name);
      }
    } finally {
      ended.set(true);
      writer.join();
    }
  }

  @Test
  void more_than_can_be_told_is_said_to_be_incomplete() throws IOException {
    try (MarkedWatch watch = MarkedWatch.open(root, markers).orElseThrow()) {
      watch.add(root);
      for (int i = 0; i < 2_000; i++) {
        Files.createFile(root.resolve("file" + i));
      }
      assertThat(watch.changes(BOUND).orElseThrow()).anyMatch(DirectoryChanges::incomplete);
    }
  }

  @Test
  void a_marker_that_somebody_deleted_reports_nothing() throws IOException {
    try (MarkedWatch watch = MarkedWatch.open(root, markers).orElseThrow()) {
      for (Path marker : list(list(markers).get(0))) {
        Files.delete(marker);
      }
      assertThat(watch.changes(BOUND)).isEmpty();
    }
  }

  @Test
  void the_marker_never_lies_below_the_root() throws IOException {
    assertThat(MarkedWatch.open(markers, markers)).isEmpty();
    assertThat(MarkedWatch.open(temporary, markers)).isEmpty();
    Path link = Files.createSymbolicLink(temporary.resolve("link"), markers);
    assertThat(MarkedWatch.open(link, markers)).isEmpty();
    assertThat(list(markers)).isEmpty();
  }

  @Test
  void the_marker_goes_with_the_watch() throws IOException {
    MarkedWatch watch = MarkedWatch.open(root, markers).orElseThrow();
    assertThat(watch.changes(BOUND)).isPresent();
    assertThat(list(markers)).hasSize(1);
    watch.close();
    assertThat(list(markers)).isEmpty();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.toList();
    }
  }

  private static void write(Path file, AtomicBoolean ended) {
    try {
      while (!ended.get()) {
        Files.writeString(file, "a", StandardOpenOption.CREATE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
