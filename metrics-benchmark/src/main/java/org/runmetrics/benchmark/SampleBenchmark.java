package org.runmetrics.benchmark;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.runmetrics.event.Event;
import org.runmetrics.json.Json;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;
import org.runmetrics.series.SegmentCodec;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;
import org.runmetrics.view.Table;

/** Chooses a thousand of ten million points, next to a plain pass over them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class SampleBenchmark {
  private static final int POINTS = 10_000_000;
  private static final int SEGMENT_ROWS = 50_000;
  private static final int KEPT = 1000;

  private final double[] values = new double[POINTS];
  private final Map<SegmentSummary, byte[]> encoded = new LinkedHashMap<>();
  private final MetricIndex metrics = new MetricIndex(List.of());
  private Table table = Table.bySteps(Series.empty());

  /** Logs the points. */
  @Setup(Level.Trial)
  public void log() {
    Random random = new Random(1);
    SegmentBuilder builder = new SegmentBuilder();
    for (int i = 0; i < POINTS; i++) {
      values[i] = Math.rint(1e6 * (1 + random.nextGaussian() / 10)) / 1e6;
      builder.add(
          new Event.Metrics(
              OptionalLong.of(i),
              OptionalDouble.empty(),
              Map.of("loss", new Json.Decimal(values[i]))));
      if ((i + 1) % SEGMENT_ROWS == 0) {
        Segment segment = builder.build();
        metrics.addAll(segment.metrics());
        ByteBuffer bytes = SegmentCodec.encode(segment);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        encoded.put(SegmentSummary.of(segment, i - SEGMENT_ROWS + 1L, i + 1L), copy);
        builder = new SegmentBuilder();
      }
    }
    table = decoded();
  }

  /**
   * Fetches the segments as from the tier below, which knows nothing of what was found out of them.
   */
  private Table decoded() {
    Map<SegmentSummary, Segment> segments = new HashMap<>();
    encoded.forEach(
        (summary, bytes) -> segments.put(summary, SegmentCodec.decode(ByteBuffer.wrap(bytes))));
    return Table.bySteps(
        new Series(
            metrics.metrics(),
            List.copyOf(encoded.keySet()),
            0,
            false,
            summary -> Optional.ofNullable(segments.get(summary)).orElseThrow()));
  }

  /** Columns that nobody has sampled yet. */
  @State(Scope.Benchmark)
  public static class Fresh {
    private Table table = Table.bySteps(Series.empty());

    /** Fetches them. */
    @Setup(Level.Invocation)
    public void fetch(SampleBenchmark benchmark) {
      table = benchmark.decoded();
    }
  }

  /** Samples columns for the first time. */
  @Benchmark
  public long first(Fresh fresh) {
    return fresh.table.sample(fresh.table.rows(), KEPT).count();
  }

  /** Passes over the values. */
  @Benchmark
  public double plainPass() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return max - min;
  }

  /** Samples columns that were sampled before. */
  @Benchmark
  public long again() {
    return table.sample(table.rows(), KEPT).count();
  }
}
