package org.runmetrics.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * One sample run, in the files and the form that the tracker writes.
 *
 * <p>The curves follow a formula with noise from a fixed seed. Not safe for use by several threads.
 */
final class DemoRun implements AutoCloseable {
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int STEPS_AN_EPOCH = 4;
  private static final int WARMUP_STEPS = 50;

  private final Path directory;
  private final Instant start;
  private final int totalSteps;
  private final Random random;
  private final Writer events;
  private final Writer log;
  private double bestAccuracy;
  private int bestStep;

  private DemoRun(Path directory, Instant start, int totalSteps, int seed) throws IOException {
    this.directory = directory;
    this.start = start;
    this.totalSteps = totalSteps;
    this.random = new Random(seed);
    this.events = writer("events.jsonl");
    this.log = writer("logs.txt");
  }

  static DemoRun create(Path root, String group, String id, Instant start, int totalSteps, int seed)
      throws IOException {
    Path directory = Files.createDirectories(root.resolve("runs").resolve(group).resolve(id));
    DemoRun run = new DemoRun(directory, start, totalSteps, seed);
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
              "lr": 0.001,
              "warmup_steps": %d,
              "model": {"name": "%s", "seed": %d}
            }
          }
        }""",
        WARMUP_STEPS,
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
    run.log(start, "Starting training of " + group);
    return run;
  }

  /** Writes a step's metrics and, after each epoch, a line of the log. */
  void train(int step, Instant time) throws IOException {
    double progress = Math.min(1, step / (0.4 * Math.min(totalSteps, 5_000)));
    double loss = 2.3 * Math.exp(-3 * progress) + 0.08 + 0.05 * random.nextDouble();
    double noise = 0.01 * random.nextGaussian();
    double accuracy = Math.min(1, 0.97 - 0.87 * Math.exp(-4 * progress) + noise);
    boolean warmup = step <= WARMUP_STEPS;
    double rate =
        0.001 * (warmup ? step / (double) WARMUP_STEPS : (1 + Math.cos(Math.PI * progress)) / 2);
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
    if (step % STEPS_AN_EPOCH == 0) {
      log(
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

  void finish(Instant end) throws IOException {
    log(end, "Done");
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
          "status": "finished",
          "started_at": %s,
          "ended_at": %s
        }""",
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

  private void log(Instant time, String text) throws IOException {
    log.write(LOG_TIME.format(time) + " | " + text + "\n");
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
