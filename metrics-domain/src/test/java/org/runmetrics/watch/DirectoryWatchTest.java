package org.runmetrics.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryWatchTest {
  @TempDir Path temporary;
  private DirectoryWatch watch;
  private Path directory;

  @BeforeEach
  void aWatch() throws IOException {
    watch = DirectoryWatch.open(temporary.getFileSystem()).orElseThrow();
    directory = Files.createDirectory(temporary.resolve("directory"));
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void a_file_that_comes_and_one_that_is_written_are_told_apart() throws Exception {
    Files.writeString(directory.resolve("old"), "a");
    assertThat(watch.add(directory)).isTrue();
    Files.createDirectory(directory.resolve("new"));
    DirectoryChanges came = first(changes -> true);
    assertThat(came.directory()).isEqualTo(directory);
    assertThat(came.replaced()).containsExactly(Path.of("new"));
    assertThat(came.written()).isEmpty();
    Files.writeString(directory.resolve("old"), "b");
    assertThat(first(changes -> true).written()).containsExactly(Path.of("old"));
  }

  @Test
  void a_directory_is_told_under_each_of_its_names() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
    watch.add(directory);
    watch.add(link);
    Files.createDirectory(directory.resolve("a"));
    assertThat(watch.next(TimeUnit.SECONDS.toNanos(20)))
        .extracting(DirectoryChanges::directory)
        .containsExactlyInAnyOrder(directory, link);
    watch.remove(directory);
    assertThat(watch.watches(directory)).isFalse();
    Files.createDirectory(directory.resolve("b"));
    assertThat(first(changes -> changes.replaced().contains(Path.of("b"))).directory())
        .isEqualTo(link);
  }

  @Test
  void more_than_can_be_told_is_said_to_be_incomplete() throws Exception {
    watch.add(directory);
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(directory.resolve("file" + i));
    }
    assertThat(first(DirectoryChanges::incomplete).ended()).isFalse();
    assertThat(watch.watches(directory)).isTrue();
  }

  @Test
  void a_directory_that_is_deleted_is_watched_no_longer() throws Exception {
    watch.add(directory);
    Files.delete(directory);
    assertThat(first(DirectoryChanges::ended).directory()).isEqualTo(directory);
    assertThat(watch.watches(directory)).isFalse();
    Files.createDirectory(directory);
    assertThat(watch.add(directory)).isTrue();
    Files.createFile(directory.resolve("a"));
    assertThat(first(changes -> true).names()).containsExactly(Path.of("a"));
  }

  @Test
  void what_is_no_directory_is_not_watched() throws Exception {
    assertThat(watch.add(temporary.resolve("missing"))).isFalse();
    assertThat(watch.add(Files.createFile(temporary.resolve("file")))).isFalse();
    watch.remove(temporary.resolve("missing"));
    assertThat(watch.next(0)).isEmpty();
  }

  @Test
  void whoever_waits_when_it_is_closed_is_told() {
    watch.close();
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(() -> watch.next(1));
    assertThat(watch.add(directory)).isFalse();
  }

  private DirectoryChanges first(Predicate<DirectoryChanges> wanted) throws InterruptedException {
    while (true) {
      List<DirectoryChanges> changes = watch.next(TimeUnit.SECONDS.toNanos(20));
      assertThat(changes).as("changes within 20 seconds").isNotEmpty();
      for (DirectoryChanges change : changes) {
        if (wanted.test(change)) {
          return change;
        }
      }
    }
  }
}
