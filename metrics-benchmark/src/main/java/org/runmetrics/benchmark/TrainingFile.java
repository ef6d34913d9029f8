package org.runmetrics.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * An events file as a training writes it: 8 metrics of which one has 17 digits, a time, a stage.
 *
 * <p>About 290 bytes a line, the same ones each time.
 */
public final class TrainingFile {
  private TrainingFile() {}

  /** Writes a file of so many steps into a folder. */
  public static Path write(Path folder, int steps) throws IOException {
    Path file = Files.createDirectories(folder).resolve("events.jsonl");
    Random random = new Random(steps);
    double time = 1_767_225_600;
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int step = 1; step <= steps; step++) {
        time += 0.125 + random.nextDouble() * 0.01;
        writer.write(line(random, time, step, steps));
      }
    }
    return file;
  }

  private static String line(Random random, double time, int step, int steps) {
    double x = (double) step / steps;
    return String.format(
        Locale.ROOT,
        "{\"ts\": %1$.6f, \"type\": \"metrics\", \"data\": {\"loss\": %2$.6f, \"acc\": %3$.6f, "
            + "\"top5\": %4$.6f, \"lr\": %5$s, \"grad_norm\": %6$.5f, \"weight_norm\": %7$.5f, "
            + "\"imgs_per_s\": %8$.2f, \"gpu_mem_mb\": %9$d, \"global_step\": %10$d, "
            + "\"time\": %1$.6f, \"stage\": \"%11$s\"}}%n",
        time,
        2.3 * Math.exp(-4 * x) + 0.05 * random.nextDouble(),
        0.99 - 0.9 * Math.exp(-5 * x) + 0.01 * random.nextDouble(),
        1 - 0.5 * Math.exp(-6 * x) - 0.005 * random.nextDouble(),
        0.0005 * (1 + Math.cos(Math.PI * x)),
        1.5 * Math.exp(-2 * x) + random.nextDouble(),
        35 + 8 * x + 0.01 * random.nextDouble(),
        1900 + 60 * random.nextDouble(),
        10_240 + random.nextInt(512),
        step,
        step <= steps / 100 ? "warmup" : "train");
  }
}
