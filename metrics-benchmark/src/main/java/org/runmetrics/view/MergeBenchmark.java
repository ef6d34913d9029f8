package org.runmetrics.view;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The order of a million steps, compared with the JDK's sort of the same keys, which reports no
 * places.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MergeBenchmark {
  private static final int COUNT = 1_000_000;

  /** In which order steps come in the file. */
  @Param({"resumed", "repeated", "random"})
  public String order;

  private long[] keys = {};

  /** Makes the keys. */
  @Setup(Level.Trial)
  public void keys() {
    Random random = new Random(1);
    keys = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      keys[i] =
          switch (order) {
            // Four times back by a tenth.
            case "resumed" -> i - (long) (i / (COUNT / 5)) * COUNT / 10;
            case "repeated" -> i / 3;
            default -> random.nextInt(COUNT);
          };
    }
  }

  /** Sorts places by their keys. */
  @Benchmark
  public int[] places() {
    return KeyOrder.of(keys);
  }

  /** Sorts a copy of the keys. */
  @Benchmark
  public long[] keysAlone() {
    long[] copy = keys.clone();
    Arrays.sort(copy);
    return copy;
  }
}
