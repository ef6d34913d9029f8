package org.runmetrics.web.answer;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
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
import org.runmetrics.benchmark.TrainingFile;
import org.runmetrics.scan.ScannedFile;
import org.runmetrics.series.Series;
import org.runmetrics.series.column.Column;
import org.runmetrics.view.RowBlock;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.JsonOutput;

/** All rows of a run as JSON, compared with a generator of JSON-P that is given the same values. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 10)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class WriterBenchmark {
  private static final TableFormat FORMAT = new TableFormat(TableFormat.Layout.JSON, false, false);

  /** Steps in the run. */
  @Param("1000000")
  public int steps;

  private Series series = Series.empty();

  /** Writes the file and reads it. */
  @Setup(Level.Trial)
  public void read() throws IOException {
    Path folder = Files.createTempDirectory("runmetrics-benchmark-");
    Path file = TrainingFile.write(folder, steps);
    series = ScannedFile.read(file, 1);
    Files.delete(file);
    Files.delete(folder);
  }

  /** Writes all rows by step. */
  @Benchmark
  public void bySteps() throws IOException {
    write(Table.bySteps(series));
  }

  /** Writes all rows by time. */
  @Benchmark
  public void byTimes() throws IOException {
    write(Table.byTimes(series));
  }

  /** Writes the same members with JSON-P. */
  @Benchmark
  public void generator() {
    Table table = Table.bySteps(series);
    try (JsonGenerator generator = Json.createGenerator(OutputStream.nullOutputStream())) {
      generator.writeStartArray();
      for (Iterator<RowBlock> blocks = table.blocks(table.rows()); blocks.hasNext(); ) {
        RowBlock block = blocks.next();
        for (int place = 0; place < block.count(); place++) {
          int row = block.row(place);
          generator.writeStartObject().write("global_step", block.axis().whole(row));
          for (int i = 0; i < table.metrics().size(); i++) {
            write(generator, table.metrics().get(i).name(), block.columns().get(i), row);
          }
          generator.writeEnd();
        }
      }
      generator.writeEnd();
    }
  }

  private static void write(JsonGenerator generator, String name, Column column, int row) {
    switch (column.kind(row)) {
      case WHOLE -> generator.write(name, column.whole(row));
      case DECIMAL -> generator.write(name, column.number(row));
      case TEXT -> generator.write(name, column.text(row));
      default -> generator.writeNull(name);
    }
  }

  private static void write(Table table) throws IOException {
    JsonOutput output = new JsonOutput(OutputStream.nullOutputStream());
    new RowWriter(
            table,
            table.rows(),
            JsonDialect.ofRows(table.axis().columnName(), ",", "", FORMAT),
            output)
        .write();
    output.flush();
  }
}
