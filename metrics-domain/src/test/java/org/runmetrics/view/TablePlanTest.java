package org.runmetrics.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.runmetrics.series.KeyRange;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

class TablePlanTest {
  private static final KeyRange MIXED = new KeyRange(10, 0, 9, KeyRange.Order.MIXED);

  /** Two segments that must be merged before it is known how many rows they are. */
  private static final Series UNREADABLE =
      new Series(
          List.of(),
          List.of(
              new SegmentSummary(0, 100, 10, MIXED, MIXED),
              new SegmentSummary(100, 200, 10, MIXED, MIXED)),
          0,
          false,
          summary -> {
            throw new UncheckedIOException(new IOException("No reading"));
          });

  @Test
  void making_a_table_reads_nothing() {
    for (Table table : List.of(Table.bySteps(UNREADABLE), Table.byTimes(UNREADABLE))) {
      Table chosen = table.only(metric -> true);

      assertThat(chosen.columns()).containsExactly(table.axis().columnName());
      assertThat(chosen.firstKey()).isZero();
      assertThatThrownBy(chosen::rowCount).hasMessageContaining("No reading");
    }
  }
}
