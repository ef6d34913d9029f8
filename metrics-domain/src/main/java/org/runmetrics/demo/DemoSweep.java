package org.runmetrics.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.runmetrics.demo.Training.Fate;

/** Two sweeps over parameters, of twenty runs, to compare, to group and to sort. */
final class DemoSweep {
  private static final int STEPS = 800;
  private static final Duration PACE = Duration.ofMillis(900);

  private static final double[] RATES = {0.0003, 0.001, 0.003, 0.01};
  private static final int[] BATCHES = {64, 128, 256};
  private static final int[] DEPTHS = {2, 4, 8, 12};
  private static final double[] DROPOUTS = {0.0, 0.1};

  private final Path root;
  private int runs;

  DemoSweep(Path root) {
    this.root = root;
  }

  void write() throws IOException {
    for (double rate : RATES) {
      for (int batch : BATCHES) {
        run("vision/sweep-lr", vision(rate, batch));
      }
    }
    for (int depth : DEPTHS) {
      for (double dropout : DROPOUTS) {
        run("language/sweep-depth", language(depth, dropout));
      }
    }
  }

  /** The largest rate is too large for the smallest batch, which diverges. */
  private static Training vision(double rate, int batch) {
    double distance = Math.abs(Math.log10(rate / 0.003));
    Training training =
        new Training(
            Map.of("batch_size", batch),
            1.6 - 0.7 * distance,
            0.03 * distance + batch / 10_000.0,
            rate,
            Fate.NONE);
    if (rate == 0.01) {
      return batch == 64 ? training.with(Fate.DIVERGES) : training;
    }
    return rate == 0.003 && batch == 128 ? training.with(Fate.IMAGES) : training;
  }

  private static Training language(int depth, double dropout) {
    Training training =
        new Training(
            Map.of("depth", depth, "dropout", dropout),
            0.7 + depth / 12.0,
            0.25 / depth + dropout / 10,
            0.001,
            Fate.NONE);
    if (depth == 8 && dropout == 0.0) {
      return training.with(Fate.GAP);
    }
    return depth == 12 && dropout == 0.1 ? training.with(Fate.BARS) : training;
  }

  private void run(String group, Training training) throws IOException {
    runs++;
    Instant start = Instant.parse("2025-01-10T08:00:00Z").plus(Duration.ofMinutes(40L * runs));
    String id =
        String.format(
            Locale.ROOT, "20250110_%02d%02d00_5eed%02d", 8 + runs * 40 / 60, runs * 40 % 60, runs);
    try (DemoRun run = DemoRun.create(root, group, id, start, STEPS, id.hashCode(), training)) {
      Instant now = start;
      for (int step = 1; step <= STEPS && !run.hasFailed(); step++) {
        now = start.plus(PACE.multipliedBy(step));
        run.train(step, now);
      }
      run.finish(now);
    }
  }
}
