package org.runmetrics.web.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.series.MetricIndex;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentBuilder;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;
import org.runmetrics.view.Table;

class TableWriterTest {
  private static final int SEGMENTS = 200;
  private static final int ROWS = 500;

  /** The segments that were asked for, in order. */
  private final List<SegmentSummary> read = new ArrayList<>();

  @Test
  void an_answer_is_written_while_its_segments_are_read_one_by_one() throws IOException {
    List<Integer> readAtEachWrite = new ArrayList<>();
    write(
        new OutputStream() {
          @Override
          public void write(int octet) {
            readAtEachWrite.add(read.size());
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            readAtEachWrite.add(read.size());
          }
        });

    assertThat(read).hasSize(SEGMENTS);
    assertThat(readAtEachWrite).hasSizeGreaterThan(10).isSorted();
    assertThat(readAtEachWrite.get(0)).isLessThan(SEGMENTS / 10);
  }

  @Test
  void a_client_that_leaves_ends_the_work() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    assertThatThrownBy(() -> write(broken)).isInstanceOf(IOException.class);
    assertThat(read).hasSizeBetween(1, SEGMENTS / 10);
  }

  @Test
  void a_run_of_very_many_metrics_is_written_with_those_that_each_row_has() throws IOException {
    SegmentBuilder builder = new SegmentBuilder();
    int names = 20_000;
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < names; i++) {
      values.append("\"m").append(i).append("\": ").append(i).append(", ");
    }
    builder.add(parse("{\"type\": \"metrics\", \"data\": {" + values + "\"step\": 1}}"));
    builder.add(parse("{\"type\": \"metrics\", \"data\": {\"m7\": \"text\", \"step\": 2}}"));
    Segment segment = builder.build();
    SegmentSummary summary = SegmentSummary.of(segment, 0, 1);
    Series series = new Series(segment.metrics(), List.of(summary), 0, false, wanted -> segment);
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    write(Table.bySteps(series), written);

    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .contains("\"rows\":[{\"global_step\":1,\"m0\":0,\"m1\":1,")
        .endsWith(
            ",\"m19999\":19999},{\"global_step\":2,\"m7\":\"text\"}],\"total\":2,\"sampled\":2}");
  }

  private static Event.Metrics parse(String line) {
    return (Event.Metrics) EventParser.parse(line).orElseThrow();
  }

  private void write(OutputStream client) throws IOException {
    write(Table.bySteps(series(read::add)), client);
  }

  private static void write(Table table, OutputStream client) throws IOException {
    TableAnswer answer =
        new TableAnswer(
            table,
            table.rows(),
            table.rowCount(),
            new TableFormat(TableFormat.Layout.JSON, false, false),
            "run");
    answer.write(client);
  }

  private static Series series(Consumer<SegmentSummary> reading) {
    Map<SegmentSummary, Segment> segments = new LinkedHashMap<>();
    MetricIndex metrics = new MetricIndex(List.of());
    SegmentBuilder builder = new SegmentBuilder();
    for (int i = 0; i < SEGMENTS; i++) {
      for (int row = 0; row < ROWS; row++) {
        builder.add(event(i * ROWS + row));
      }
      Segment segment = builder.build();
      metrics.addAll(segment.metrics());
      segments.put(SegmentSummary.of(segment, i, i + 1L), segment);
    }
    return new Series(
        metrics.metrics(),
        List.copyOf(segments.keySet()),
        0,
        false,
        summary -> {
          reading.accept(summary);
          return Optional.ofNullable(segments.get(summary)).orElseThrow();
        });
  }

  private static Event.Metrics event(int step) {
    String line =
        "{\"ts\": %d, \"type\": \"metrics\", \"data\": {\"loss\": 0.%d, \"global_step\": %d}}"
            .formatted(step, step, step);
    return parse(line);
  }
}
