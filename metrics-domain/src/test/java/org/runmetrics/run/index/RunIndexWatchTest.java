package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.run.RunInfo;

/** When an index watches, and what it does when it cannot. */
@Timeout(120)
class RunIndexWatchTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path temporary;
  private Path root;
  private StorageFolder storage;

  @BeforeEach
  void aStorage() throws IOException {
    root = Files.createDirectory(temporary.resolve("storage"));
    storage = new StorageFolder(root);
    storage.run("runs/group/kept");
  }

  @Test
  void without_questions_there_is_no_watch_and_no_thread() throws IOException {
    long before = watches();
    try (RunIndex index = index(new Pace(LONG, LONG, LONG, LONG, LONG, Duration.ofMillis(1)))) {
      assertThat(index.isWatching()).isFalse();
      assertThat(index.runs(System.nanoTime())).hasSize(1);
      awaitEnd(index, before);
      storage.run("runs/new");
      assertThat(index.runs(System.nanoTime())).hasSize(2);
      awaitEnd(index, before);
      Files.writeString(root.resolve("runs/new/meta.json"), "{\"alias\": \"named\"}");
      assertThat(index.runs(System.nanoTime())).anyMatch(run -> run.alias().isPresent());
      awaitEnd(index, before);
    }
  }

  @Test
  void closing_ends_the_watch_for_good_and_answers_go_on() throws IOException {
    long before = watches();
    RunIndex index = index(new Pace(LONG, Duration.ZERO, LONG, LONG, Duration.ZERO, LONG));
    assertThat(index.runs(System.nanoTime())).hasSize(1);
    assertThat(index.isWatching()).isTrue();
    assertThat(watches()).isEqualTo(before + 1);
    index.close();
    storage.run("runs/new");
    assertThat(index.runs(System.nanoTime())).hasSize(2);
    awaitEnd(index, before);
  }

  @Test
  void a_watch_that_reports_too_late_is_made_up_for_and_tried_again() throws IOException {
    Pace pace = new Pace(Duration.ofNanos(1), LONG, LONG, LONG, Duration.ZERO, LONG);
    try (RunIndex index = index(pace)) {
      for (int i = 0; i < 50; i++) {
        storage.run("runs/group/" + i);
        assertThat(index.runs(System.nanoTime())).hasSize(i + 2);
      }
    }
  }

  @Test
  void without_a_watch_changes_are_seen_at_a_steady_pace() throws IOException {
    Pace pace = new Pace(LONG, Duration.ofMillis(1), LONG, LONG, LONG, LONG);
    try (RunIndex index = new RunIndex(new StorageRoot(root), pace, Set.of())) {
      for (int i = 0; i < 50; i++) {
        Path run = storage.run("runs/group/" + i);
        String status = "status" + i;
        Files.writeString(run.resolve("status.json"), "{\"status\": \"" + status + "\"}");
        List<RunInfo> runs = index.runs(System.nanoTime());
        while (runs.stream().noneMatch(info -> info.status().status().equals(status))) {
          runs = index.runs(System.nanoTime());
        }
      }
      assertThat(index.isWatching()).isFalse();
      assertThat(threads()).isZero();
    }
  }

  @Test
  void without_a_watch_nothing_is_looked_at_in_between() throws IOException {
    Pace pace = new Pace(LONG, LONG, LONG, LONG, LONG, LONG);
    try (RunIndex index = new RunIndex(new StorageRoot(root), pace, Set.of())) {
      List<RunInfo> before = index.runs(System.nanoTime());
      storage.run("runs/group/new");
      assertThat(index.runs(System.nanoTime())).isSameAs(before);
    }
  }

  @Test
  void a_catalog_watches_only_for_those_who_ask_again() throws IOException {
    long before = watches();
    try (RunCatalog catalog = new RunCatalog(new StorageRoot(root))) {
      assertThat(catalog.find("kept")).isPresent();
      assertThat(catalog.find("kept")).isPresent();
      assertThat(watches()).isEqualTo(before);
      assertThat(catalog.find("unknown")).isEmpty();
      assertThat(watches()).isEqualTo(before + 1);
      storage.run("runs/group/unknown");
      assertThat(catalog.find("unknown")).isPresent();
    }
  }

  private RunIndex index(Pace pace) {
    return new RunIndex(new StorageRoot(root), pace, LocalFileSystems.LINUX);
  }

  private static void awaitEnd(RunIndex index, long watches) throws IOException {
    while (index.isWatching() || threads() > 0 || watches() > watches) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(Tidying.NAME))
        .count();
  }

  /** Returns how many watches this process has open. */
  private static long watches() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(RunIndexWatchTest::isWatch).count();
    }
  }

  private static boolean isWatch(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals("anon_inode:inotify");
    } catch (IOException closedInBetween) {
      return false;
    }
  }
}
