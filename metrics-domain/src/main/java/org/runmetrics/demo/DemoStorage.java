package org.runmetrics.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A storage root of sample runs in a temporary folder.
 *
 * <p>Three runs and two sweeps are finished; one more run trains, two steps a second, until the
 * storage is closed, which deletes the folder. Their ids are always the same, so that commands can
 * name them.
 */
public final class DemoStorage implements AutoCloseable {
  private static final String LIVE_RUN = "20250116_080000_c0ffee";

  private static final Logger LOG = System.getLogger(DemoStorage.class.getName());

  private static final Duration STEP = Duration.ofMillis(500);

  /** Steps of the run that trains which are there from the start: two minutes of training. */
  private static final int STEPS_BEFORE = 240;

  /** At two steps a second about fourteen hours. */
  private static final int LIVE_STEPS = 100_000;

  private final Path path;
  private final DemoRun live;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread trainer;

  private DemoStorage(Path path, DemoRun live) {
    this.path = path;
    this.live = live;
    this.trainer = new Thread(this::train, "runmetrics-demo");
    trainer.setDaemon(true);
  }

  /** Writes the sample runs and starts to train the last. */
  public static DemoStorage start() {
    try {
      Path path = Files.createTempDirectory("runmetrics-demo-");
      finished(path, "vision/resnet18", "20250114_153045_a1b2c3", "2025-01-14T15:30:45Z", 2_000);
      finished(path, "vision/resnet50", "20250115_091500_d4e5f6", "2025-01-15T09:15:00Z", 2_000);
      finished(
          path, "language/transformer", "20250115_140000_0a1b2c", "2025-01-15T14:00:00Z", 5_000);
      new DemoSweep(path).write();
      DemoRun live = live(path, Instant.now());
      DemoStorage storage = new DemoStorage(path, live);
      storage.trainer.start();
      return storage;
    } catch (IOException e) {
      throw new UncheckedIOException("The demo needs a temporary folder that it can write", e);
    }
  }

  /** Returns the folder. */
  public Path path() {
    return path;
  }

  /** Returns the id of the run that trains. */
  public String liveRun() {
    return LIVE_RUN;
  }

  /** Stops the training and deletes the folder. */
  @Override
  public void close() {
    closed.countDown();
    try {
      trainer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete();
  }

  private static void finished(Path path, String group, String id, String start, int steps)
      throws IOException {
    Instant first = Instant.parse(start);
    Duration pace = Duration.ofMillis(900);
    try (DemoRun run = DemoRun.create(path, group, id, first, steps, id.hashCode())) {
      for (int step = 1; step <= steps; step++) {
        run.train(step, first.plus(pace.multipliedBy(step)));
      }
      run.finish(first.plus(pace.multipliedBy(steps)));
    }
  }

  private static DemoRun live(Path path, Instant now) throws IOException {
    Instant first = now.minus(STEP.multipliedBy(STEPS_BEFORE));
    DemoRun run = DemoRun.create(path, "demo/live", LIVE_RUN, first, LIVE_STEPS, 1);
    for (int step = 1; step <= STEPS_BEFORE; step++) {
      run.train(step, first.plus(STEP.multipliedBy(step)));
    }
    run.flush();
    return run;
  }

  private void train() {
    try (live) {
      for (int step = STEPS_BEFORE + 1; step <= LIVE_STEPS; step++) {
        if (closed.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        live.train(step, Instant.now());
        live.flush();
      }
      live.finish(Instant.now());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The demo's training ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete() {
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The demo's folder could not be deleted", e);
    }
  }
}
