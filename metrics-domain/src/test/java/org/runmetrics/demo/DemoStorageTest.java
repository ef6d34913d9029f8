package org.runmetrics.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;

class DemoStorageTest {
  @Test
  void there_are_three_finished_runs_and_one_in_training() {
    try (DemoStorage demo = DemoStorage.start()) {
      List<RunInfo> runs = runs(demo).stream().map(RunInfo::of).toList();
      assertThat(runs)
          .extracting(RunInfo::group)
          .containsExactly(
              "demo/live", "language/transformer", "vision/resnet18", "vision/resnet50");
      assertThat(runs)
          .filteredOn(run -> run.status().isRunning())
          .extracting(run -> run.id().value())
          .containsExactly(demo.liveRun());
    }
  }

  @Test
  void the_ids_are_those_that_the_documents_name() {
    for (int start = 0; start < 2; start++) {
      try (DemoStorage demo = DemoStorage.start()) {
        assertThat(runs(demo))
            .extracting(run -> run.id().value())
            .contains("20250114_153045_a1b2c3", "20250115_091500_d4e5f6", "20250116_080000_c0ffee");
      }
    }
  }

  @Test
  void the_run_in_training_has_something_to_show_at_once() throws IOException {
    try (DemoStorage demo = DemoStorage.start()) {
      RunDirectory live =
          new RunCatalog(new StorageRoot(demo.path())).find(demo.liveRun()).orElseThrow();
      assertThat(lines(live)).isGreaterThanOrEqualTo(240);
      assertThat(Files.readAllLines(live.log().orElseThrow())).hasSizeGreaterThanOrEqualTo(61);
      assertThat(RunInfo.of(live).createdTime().orElseThrow())
          .isCloseTo(Instant.now().getEpochSecond() - 120.0, within(60.0));
    }
  }

  @Test
  void a_finished_run_ended_in_the_past_and_tells_its_best_value() {
    try (DemoStorage demo = DemoStorage.start()) {
      double now = Instant.now().toEpochMilli() / 1000.0;
      assertThat(runs(demo).stream().map(RunInfo::of).filter(run -> !run.status().isRunning()))
          .hasSize(3)
          .allSatisfy(
              run -> {
                assertThat(run.status().endedAt().orElseThrow())
                    .isGreaterThan(run.createdTime().orElseThrow())
                    .isLessThan(now);
                assertThat(run.bestMetricName()).contains("val_accuracy");
                assertThat(run.bestMetricValue().orElseThrow()).isBetween(0.5, 1.0);
              });
    }
  }

  @Test
  void every_line_of_a_finished_run_is_a_metrics_event() throws IOException {
    try (DemoStorage demo = DemoStorage.start()) {
      for (RunDirectory run : runs(demo)) {
        RunInfo info = RunInfo.of(run);
        if (!info.status().isRunning()) {
          List<String> lines = Files.readAllLines(run.events().orElseThrow());
          assertThat((long) lines.size()).isEqualTo(info.totalSteps().orElseThrow());
          for (int i = 0; i < lines.size(); i++) {
            assertThat(step(lines.get(i))).as(lines.get(i)).contains(i + 1L);
          }
          assertThat(Files.readAllLines(run.log().orElseThrow()))
              .last()
              .asString()
              .endsWith("Done");
        }
      }
    }
  }

  @Test
  void the_run_in_training_grows() throws IOException, InterruptedException {
    try (DemoStorage demo = DemoStorage.start()) {
      RunDirectory live =
          new RunCatalog(new StorageRoot(demo.path())).find(demo.liveRun()).orElseThrow();
      try (WatchService watcher = live.path().getFileSystem().newWatchService()) {
        live.path()
            .register(
                watcher,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY);
        int atFirst = lines(live);
        for (int lines = atFirst; lines < atFirst + 3; lines = lines(live)) {
          WatchKey key = watcher.poll(60, TimeUnit.SECONDS);
          assertThat(key).as("a change of the live run").isNotNull();
          key.pollEvents();
          key.reset();
        }
      }
    }
  }

  @Test
  void closing_ends_the_thread_and_deletes_the_folder() {
    Path path;
    try (DemoStorage demo = DemoStorage.start()) {
      path = demo.path();
      assertThat(path).isDirectory();
      assertThat(trainers()).isNotEmpty();
    }
    assertThat(path).doesNotExist();
    assertThat(trainers()).isEmpty();
  }

  @Test
  void closing_twice_is_harmless() {
    DemoStorage demo = DemoStorage.start();
    demo.close();
    demo.close();
    assertThat(demo.path()).doesNotExist();
  }

  private static List<Thread> trainers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("runmetrics-demo"))
        .toList();
  }

  private static List<RunDirectory> runs(DemoStorage demo) {
    return new StorageRoot(demo.path()).scan();
  }

  private static int lines(RunDirectory run) throws IOException {
    Optional<Path> events = run.events();
    return events.isEmpty() ? 0 : Files.readAllLines(events.get()).size();
  }

  private static Optional<Long> step(String line) {
    return EventParser.parse(line)
        .filter(Event.Metrics.class::isInstance)
        .map(event -> ((Event.Metrics) event).step().orElseThrow());
  }
}
