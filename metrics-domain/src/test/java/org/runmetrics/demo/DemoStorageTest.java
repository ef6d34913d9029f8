package org.runmetrics.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;

class DemoStorageTest {
  @Test
  void there_are_two_sweeps_three_more_runs_and_one_in_training() {
    try (DemoStorage demo = DemoStorage.start()) {
      List<RunInfo> runs = runs(demo).stream().map(RunInfo::of).toList();
      assertThat(
              runs.stream().collect(Collectors.groupingBy(RunInfo::group, Collectors.counting())))
          .isEqualTo(
              Map.of(
                  "demo/live", 1L,
                  "language/sweep-depth", 8L,
                  "language/transformer", 1L,
                  "vision/resnet18", 1L,
                  "vision/resnet50", 1L,
                  "vision/sweep-lr", 12L));
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
      assertThat(Files.readAllLines(live.log().orElseThrow().path()))
          .hasSizeGreaterThanOrEqualTo(61);
      assertThat(RunInfo.of(live).createdTime().orElseThrow())
          .isCloseTo(Instant.now().getEpochSecond() - 120.0, within(60.0));
    }
  }

  @Test
  void a_finished_run_ended_in_the_past_and_tells_its_best_value() {
    try (DemoStorage demo = DemoStorage.start()) {
      double now = Instant.now().toEpochMilli() / 1000.0;
      assertThat(runs(demo).stream().map(RunInfo::of).filter(run -> !run.status().isRunning()))
          .hasSize(23)
          .allSatisfy(
              run -> {
                assertThat(run.status().endedAt().orElseThrow())
                    .isGreaterThan(run.createdTime().orElseThrow())
                    .isLessThan(now);
                assertThat(run.bestMetricName()).contains("val_accuracy");
                assertThat(run.bestMetricValue().orElseThrow()).isBetween(0.2, 1.0);
              });
    }
  }

  @Test
  void every_line_of_a_finished_run_is_an_event_and_every_step_is_there_until_it_ends()
      throws IOException {
    try (DemoStorage demo = DemoStorage.start()) {
      for (RunDirectory run : runs(demo)) {
        RunInfo info = RunInfo.of(run);
        if (!info.status().isRunning()) {
          List<Long> steps =
              Files.readAllLines(run.events().orElseThrow().path()).stream()
                  .filter(line -> !line.contains("\"image\""))
                  .map(line -> step(line).orElseThrow())
                  .toList();
          boolean finished = info.status().status().equals("finished");
          assertThat(steps).isEqualTo(LongStream.rangeClosed(1, steps.size()).boxed().toList());
          assertThat((long) steps.size() == info.totalSteps().orElseThrow()).isEqualTo(finished);
          assertThat(Files.readAllLines(run.log().orElseThrow().path()))
              .last()
              .asString()
              .endsWith(finished ? "Done" : "The loss is too large: stopped");
        }
      }
    }
  }

  @Test
  void there_is_one_run_of_each_kind_that_is_worth_a_look() throws IOException {
    try (DemoStorage demo = DemoStorage.start()) {
      List<RunDirectory> runs = runs(demo);
      assertThat(runs).filteredOn(run -> text(run.events()).contains("NaN")).hasSize(1);
      assertThat(runs).filteredOn(run -> text(run.log()).contains("\r")).hasSize(1);
      assertThat(runs)
          .filteredOn(run -> RunInfo.of(run).status().status().equals("failed"))
          .hasSize(1);
      List<RunDirectory> withImages =
          runs.stream().filter(run -> Files.isDirectory(run.path().resolve("media"))).toList();
      assertThat(withImages).hasSize(1);
      try (Stream<Path> images = Files.list(withImages.get(0).path().resolve("media"))) {
        assertThat(images)
            .hasSize(16)
            .allSatisfy(image -> assertThat(ImageIO.read(image.toFile())).isNotNull());
      }
      assertThat(runs)
          .filteredOn(run -> RunInfo.of(run).group().contains("sweep"))
          .allSatisfy(
              run ->
                  assertThat(Files.readString(run.path().resolve("assets.json")))
                      .contains("\"lr\": "));
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

  private static String text(Optional<RegularFile> file) {
    try {
      return Files.readString(file.orElseThrow().path());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
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
    Optional<RegularFile> events = run.events();
    return events.isEmpty() ? 0 : Files.readAllLines(events.get().path()).size();
  }

  private static Optional<Long> step(String line) {
    return EventParser.parse(line)
        .filter(Event.Metrics.class::isInstance)
        .map(event -> ((Event.Metrics) event).step().orElseThrow());
  }
}
