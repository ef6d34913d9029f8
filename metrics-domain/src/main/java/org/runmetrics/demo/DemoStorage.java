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
 * <p>Three runs are finished; a fourth trains, two steps a second, until the storage is closed,
 * which deletes the folder.
 */
public final class DemoStorage implements AutoCloseable {
  private static final Logger LOG = System.getLogger(DemoStorage.class.getName());

  private static final Duration STEP = Duration.ofMillis(500);

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
      Instant now = Instant.now();
      finished(path, "vision/resnet18", now.minus(Duration.ofHours(5)), 2_000, 18);
      finished(path, "vision/resnet50", now.minus(Duration.ofHours(3)), 2_000, 50);
      finished(path, "language/tiny-transformer", now.minus(Duration.ofHours(2)), 5_000, 7);
      DemoRun live = DemoRun.create(path, "demo/live", now, LIVE_STEPS, 1);
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
    return live.id();
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

  private static void finished(Path path, String group, Instant start, int steps, int seed)
      throws IOException {
    DemoRun run = DemoRun.create(path, group, start, steps, seed);
    Duration pace = Duration.ofMillis(900);
    for (int step = 1; step <= steps; step++) {
      run.train(step, start.plus(pace.multipliedBy(step)));
    }
    run.finish(start.plus(pace.multipliedBy(steps)));
  }

  private void train() {
    try {
      for (int step = 1; step <= LIVE_STEPS; step++) {
        live.train(step, Instant.now());
        if (closed.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
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
