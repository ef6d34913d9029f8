package org.runmetrics.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void an_answer_is_written_while_its_segments_are_read_one_by_one() {
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
    write(
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        });

    assertThat(read).hasSizeBetween(1, SEGMENTS / 10);
  }

  private void write(OutputStream client) {
    TableAnswer answer = new TableAnswer(Table.bySteps(series()), new TableFormat(false, false));
    new TableWriter()
        .writeTo(
            answer,
            TableAnswer.class,
            TableAnswer.class,
            TableWriterTest.class.getAnnotations(),
            MediaType.APPLICATION_JSON_TYPE,
            new MultivaluedHashMap<>(),
            client);
  }

  private Series series() {
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
          read.add(summary);
          return Optional.ofNullable(segments.get(summary)).orElseThrow();
        });
  }

  private static Event.Metrics event(int step) {
    String line =
        "{\"ts\": %d, \"type\": \"metrics\", \"data\": {\"loss\": 0.%d, \"global_step\": %d}}"
            .formatted(step, step, step);
    return (Event.Metrics) EventParser.parse(line).orElseThrow();
  }
}
