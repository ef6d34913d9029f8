package org.runmetrics.scan;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.runmetrics.benchmark.TrainingFile;
import org.runmetrics.event.EventParser;
import org.runmetrics.file.RegularFile;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineReader;
import org.runmetrics.series.SegmentBuilder;

/** A file of a million steps to columns, beside finding its lines and beside the plain parser. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 10)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class ScanBenchmark {
  /** The plain parser takes a tenth of the file; multiply its figure by ten. */
  private static final int PARSED_SHARE = 10;

  /** Steps in the file. */
  @Param("1000000")
  public int steps;

  private Path folder = Path.of("");
  private Path file = Path.of("");

  /** Writes the file. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    folder = Files.createTempDirectory("runmetrics-benchmark-");
    file = TrainingFile.write(folder, steps);
  }

  /** Removes the file. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.delete(file);
    Files.delete(folder);
  }

  /** Reads the file by one thread. */
  @Benchmark
  public Object byOneThread() throws IOException {
    return scan(1);
  }

  /** Reads the file by two threads. */
  @Benchmark
  public Object byTwoThreads() throws IOException {
    return scan(2);
  }

  /** Finds the file's lines and nothing else. */
  @Benchmark
  public long linesOnly() throws IOException {
    long count = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      LineReader reader = new LineReader(channel, 0, channel.size());
      while (reader.advance()) {
        count++;
      }
    }
    return count;
  }

  /** Reads a tenth of the file as the plain parser does. */
  @Benchmark
  public long parserOnATenth() throws IOException {
    SegmentBuilder builder = new SegmentBuilder();
    long rows = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      LineReader reader = new LineReader(channel, 0, channel.size() / PARSED_SHARE);
      while (reader.advance()) {
        Line line = reader.line();
        if (EventParser.parse(line.text()).orElseThrow()
            instanceof org.runmetrics.event.Event.Metrics metrics) {
          builder.add(metrics);
        }
        if (builder.isFull()) {
          rows += builder.build().rows();
        }
      }
    }
    return rows + builder.rows();
  }

  private Scanned scan(int threads) throws IOException {
    Path real = file.toRealPath();
    RegularFile regular = new RegularFile(real.resolveSibling(""), real);
    try (ScanThreads scanThreads = new ScanThreads(threads);
        EventFile opened = EventFile.open(regular)) {
      return new FileScan(
              BlockSize.STANDARD, scanThreads, regular, opened, (summary, segment) -> {})
          .lines(0);
    }
  }
}
