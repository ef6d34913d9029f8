package org.runmetrics.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * One sample run, written as the tracker writes it: appended line by line.
 *
 * <p>The curves follow a formula with noise from a fixed seed. Not safe for use by several threads.
 */
final class DemoRun {
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int STEPS_AN_EPOCH = 10;

  private final String id;
  private final Path directory;
  private final Instant start;
  private final int totalSteps;
  private final Random random;
  private double bestAccuracy;

  private DemoRun(String id, Path directory, Instant start, int totalSteps, int seed) {
    this.id = id;
    this.directory = directory;
    this.start = start;
    this.totalSteps = totalSteps;
    this.random = new Random(seed);
  }

  static DemoRun create(Path root, String group, Instant start, int totalSteps, int seed)
      throws IOException {
    String id = String.format(Locale.ROOT, "%s_%06x", ID_TIME.format(start), seed);
    Path directory = Files.createDirectories(root.resolve("runs").resolve(group).resolve(id));
    DemoRun run = new DemoRun(id, directory, start, totalSteps, seed);
    run.write(
        "meta.json",
        "{\"id\": \"%s\", \"path\": \"%s\", \"alias\": null, \"created_at\": %s,"
            + " \"hostname\": \"demo\", \"pid\": %d, \"tags\": [\"demo\"], \"total_steps\": %d}",
        id,
        group,
        seconds(start),
        ProcessHandle.current().pid(),
        totalSteps);
    run.write("status.json", "{\"status\": \"running\", \"started_at\": %s}", seconds(start));
    run.log(start, "Starting training of " + group);
    return run;
  }

  String id() {
    return id;
  }

  /** Appends a step's metrics and, after each epoch, a line to the log. */
  void train(int step, Instant time) throws IOException {
    double progress = Math.min(1, step / (0.4 * Math.min(totalSteps, 5_000)));
    double loss = 2.3 * Math.exp(-3 * progress) + 0.08 + 0.05 * random.nextDouble();
    double accuracy = 0.97 - 0.87 * Math.exp(-4 * progress) + 0.01 * random.nextGaussian();
    double rate = 0.001 * (step <= 50 ? step / 50.0 : 0.5 * (1 + Math.cos(Math.PI * progress)));
    StringBuilder data = new StringBuilder();
    data.append(
        String.format(
            Locale.ROOT,
            "\"loss\": %.6f, \"accuracy\": %.6f, \"learning_rate\": %s",
            loss,
            accuracy,
            rate));
    if (step % 50 == 0) {
      bestAccuracy = Math.max(bestAccuracy, accuracy - 0.02);
      data.append(
          String.format(
              Locale.ROOT,
              ", \"val_loss\": %.6f, \"val_accuracy\": %.6f",
              loss * 1.1,
              accuracy - 0.02));
    }
    append(
        "events.jsonl",
        "{\"ts\": %s, \"type\": \"metrics\", \"data\": {%s, \"global_step\": %d, \"time\": %s,"
            + " \"stage\": \"%s\"}}",
        seconds(time),
        data,
        step,
        seconds(time),
        step <= 50 ? "warmup" : "train");
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

  void finish(Instant end) throws IOException {
    log(end, "Done");
    write(
        "status.json",
        "{\"status\": \"finished\", \"started_at\": %s, \"ended_at\": %s}",
        seconds(start),
        seconds(end));
    write(
        "summary.json",
        "{\"best_metric_name\": \"val_accuracy\", \"best_metric_value\": %.6f}",
        bestAccuracy);
  }

  private void log(Instant time, String text) throws IOException {
    append("logs.txt", "%s | %s", LOG_TIME.format(time), text);
  }

  private void append(String file, String format, Object... arguments) throws IOException {
    Files.writeString(
        directory.resolve(file),
        String.format(Locale.ROOT, format, arguments) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void write(String file, String format, Object... arguments) throws IOException {
    Files.writeString(directory.resolve(file), String.format(Locale.ROOT, format, arguments));
  }

  private static String seconds(Instant time) {
    return String.format(Locale.ROOT, "%.3f", time.toEpochMilli() / 1000.0);
  }
}
