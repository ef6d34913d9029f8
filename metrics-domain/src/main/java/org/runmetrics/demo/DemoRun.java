package org.runmetrics.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * One sample run, in the files and the form that the tracker writes.
 *
 * <p>The curves follow a formula with noise from a fixed seed. Not safe for use by several threads.
 */
final class DemoRun implements AutoCloseable {
  private static final int STEPS_AN_EPOCH = 4;
  private static final int WARMUP_STEPS = 50;
  private static final int STEPS_AN_IMAGE = 100;
  private static final double LARGEST_LOSS = 1e6;

  private final Path directory;
  private final Instant start;
  private final int totalSteps;
  private final Random random;
  private final Writer events;
  private final DemoLog log;
  private final Training training;
  private double bestAccuracy;
  private int bestStep;

  /** Whether the loss has become too large to go on. */
  private boolean failed;

  private DemoRun(Path directory, Instant start, int totalSteps, int seed, Training training)
      throws IOException {
    this.directory = directory;
    this.start = start;
    this.totalSteps = totalSteps;
    this.training = training;
    this.random = new Random(seed);
    this.events = writer("events.jsonl");
    this.log = new DemoLog(writer("logs.txt"));
  }

  static DemoRun create(Path root, String group, String id, Instant start, int totalSteps, int seed)
      throws IOException {
    return create(root, group, id, start, totalSteps, seed, Training.USUAL);
  }

  static DemoRun create(
      Path root,
      String group,
      String id,
      Instant start,
      int totalSteps,
      int seed,
      Training training)
      throws IOException {
    Path directory = Files.createDirectories(root.resolve("runs").resolve(group).resolve(id));
    DemoRun run = new DemoRun(directory, start, totalSteps, seed, training);
    run.write(
        "meta.json",
        """
        {
          "id": "%s",
          "path": "%s",
          "alias": null,
          "created_at": %s,
          "python": "3.11.2",
          "platform": "Demo",
          "hostname": "demo",
          "pid": %d,
          "tags": ["demo"],
          "total_steps": %d
        }""",
        id,
        group,
        seconds(start),
        ProcessHandle.current().pid(),
        totalSteps);
    run.write(
        "assets.json",
        """
        {
          "config": {
            "args": {
              "lr": %s,
              "warmup_steps": %d,%s
              "model": {"name": "%s", "seed": %d}
            }
          }
        }""",
        training.rate(),
        WARMUP_STEPS,
        training.json(),
        group,
        seed);
    run.write(
        "status.json",
        """
        {
          "status": "running",
          "started_at": %s
        }""",
        seconds(start));
    run.log.line(start, "Starting training of " + group);
    return run;
  }

  /** Writes a step's metrics and, after each epoch, a line of the log. */
  void train(int step, Instant time) throws IOException {
    double progress = Math.min(1, training.speed() * step / (0.4 * Math.min(totalSteps, 5_000)));
    double usual =
        2.3 * Math.exp(-3 * progress) + 0.08 + training.floor() + 0.05 * random.nextDouble();
    double loss = training.loss(usual, step, totalSteps);
    double noise = 0.01 * random.nextGaussian();
    double accuracy = Math.min(1, 0.97 - training.floor() - 0.87 * Math.exp(-4 * progress) + noise);
    failed = loss > LARGEST_LOSS;
    boolean warmup = step <= WARMUP_STEPS;
    double rate =
        training.rate()
            * (warmup ? step / (double) WARMUP_STEPS : (1 + Math.cos(Math.PI * progress)) / 2);
    StringBuilder data = new StringBuilder();
    data.append(
        String.format(
            Locale.ROOT,
            "\"loss\": %.6f, \"accuracy\": %.6f, \"learning_rate\": %s",
            loss,
            accuracy,
            rate));
    if (step % WARMUP_STEPS == 0) {
      double validated = accuracy - 0.02;
      if (validated > bestAccuracy) {
        bestAccuracy = validated;
        bestStep = step;
      }
      data.append(
          String.format(
              Locale.ROOT, ", \"val_loss\": %.6f, \"val_accuracy\": %.6f", loss * 1.1, validated));
    }
    events.write(
        String.format(
            Locale.ROOT,
            "{\"ts\": %1$s, \"type\": \"metrics\", \"data\": {%2$s, \"global_step\": %3$d,"
                + " \"time\": %1$s, \"stage\": \"%4$s\"}}\n",
            seconds(time),
            data,
            step,
            warmup ? "warmup" : "train"));
    if (training.fate() == Training.Fate.IMAGES && step % STEPS_AN_IMAGE == 0) {
      images(step, time, progress);
    }
    if (training.fate() == Training.Fate.BARS && step % STEPS_AN_EPOCH == 0) {
      log.bar(step / STEPS_AN_EPOCH, loss);
    } else if (step % STEPS_AN_EPOCH == 0) {
      log.line(
          time,
          String.format(
              Locale.ROOT,
              "Epoch %d/%d, loss=%.3f, acc=%.2f",
              step / STEPS_AN_EPOCH,
              totalSteps / STEPS_AN_EPOCH,
              loss,
              accuracy));
    }
  }

  /** Makes everything written so far visible to readers. */
  void flush() throws IOException {
    events.flush();
    log.flush();
  }

  /** Returns whether the run cannot go on. */
  boolean hasFailed() {
    return failed;
  }

  void finish(Instant end) throws IOException {
    log.line(end, failed ? "The loss is too large: stopped" : "Done");
    flush();
    write(
        "summary.json",
        """
        {
          "best_metric_value": %.6f,
          "best_metric_name": "val_accuracy",
          "best_metric_step": %d,
          "best_metric_mode": "max"
        }""",
        bestAccuracy,
        bestStep);
    write(
        "status.json",
        """
        {
          "status": "%s",
          "started_at": %s,
          "ended_at": %s
        }""",
        failed ? "failed" : "finished",
        seconds(start),
        seconds(end));
  }

  @Override
  public void close() throws IOException {
    try (events;
        log) {
      flush();
    }
  }

  private void images(int step, Instant time, double progress) throws IOException {
    Path media = Files.createDirectories(directory.resolve("media"));
    for (String key : List.of("sample", "attention")) {
      String file = key + "_" + step + ".png";
      DemoImage.write(media.resolve(file), key.equals("sample") ? 0.58F : 0.08F, progress, random);
      events.write(
          String.format(
              Locale.ROOT,
              "{\"ts\": %s, \"type\": \"image\", \"data\": {\"key\": \"%s\", \"path\":"
                  + " \"media/%s\", \"step\": %d, \"caption\": \"%s after %d steps\"}}\n",
              seconds(time),
              key,
              file,
              step,
              key,
              step));
    }
  }

  private Writer writer(String file) throws IOException {
    return Files.newBufferedWriter(
        directory.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void write(String file, String format, Object... arguments) throws IOException {
    Files.writeString(directory.resolve(file), String.format(Locale.ROOT, format, arguments));
  }

  private static String seconds(Instant time) {
    return String.format(Locale.ROOT, "%.3f", time.toEpochMilli() / 1000.0);
  }
}
