package org.runmetrics.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.runmetrics.scan.ScannedFile;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;
import org.runmetrics.series.SegmentCodec;
import org.runmetrics.series.Series;

/** What a full segment costs: to continue it, to encode and to decode it, to copy its bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SegmentBenchmark {
  private Segment segment = Segment.empty();
  private ByteBuffer encoded = ByteBuffer.allocate(0);

  /** Reads the first segment of a file. */
  @Setup(Level.Trial)
  public void read() throws IOException {
    Path folder = Files.createTempDirectory("runmetrics-benchmark-");
    Path file = TrainingFile.write(folder, 20_000);
    Series series = ScannedFile.read(file, 1);
    segment = series.segment(series.segments().get(0));
    encoded = SegmentCodec.encode(segment);
    Files.delete(file);
    Files.delete(folder);
  }

  /** Takes all rows over and packs them again, as when a run grows. */
  @Benchmark
  public Segment continued() {
    SegmentBuilder builder = new SegmentBuilder();
    builder.resume(segment);
    return builder.build();
  }

  /** Encodes the segment for a tier outside of the heap. */
  @Benchmark
  public ByteBuffer encode() {
    return SegmentCodec.encode(segment);
  }

  /** Decodes it. */
  @Benchmark
  public Segment decode() {
    return SegmentCodec.decode(encoded.duplicate());
  }

  /** Copies as many bytes. */
  @Benchmark
  public byte[] copy() {
    return encoded.array().clone();
  }
}
