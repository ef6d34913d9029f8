package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Segment;
import org.runmetrics.series.column.Column;
import org.runmetrics.settings.CacheSize;

class SegmentStoreTest {
  private static final CacheSize SIZE = new CacheSize(1 << 20, 0, 16 << 20);
  private static final SegmentKey HELD = new SegmentKey(1, SegmentKey.Rows.EVENTS, 0, 1);
  private static final SegmentKey TOO_MUCH = new SegmentKey(2, SegmentKey.Rows.EVENTS, 0, 1);

  @TempDir Path folder;

  @Test
  void a_call_without_enough_memory_leaves_the_cache_as_it_is() {
    for (Error error : new Error[] {new OutOfMemoryError("full"), new StackOverflowError()}) {
      try (SegmentStore store = open()) {
        store.put(HELD, segment());

        store.put(TOO_MUCH, Segment.merged(Axis.STEP, Column.empty(), new Failing(error)));

        assertThat(store.segment(TOO_MUCH)).isEmpty();
        assertThat(store.segment(HELD)).isPresent();
      }
      try (SegmentStore store = open()) {
        assertThat(store.segment(HELD)).isPresent();
      }
    }
  }

  private SegmentStore open() {
    return new SegmentStore(SIZE, Optional.of(CacheDirectory.claim(folder)));
  }

  private static Segment segment() {
    return Segment.merged(Axis.STEP, Column.empty(), Map.of("loss", Column.empty()));
  }

  /** Columns whose copying takes more memory than there is. */
  private static final class Failing extends AbstractMap<String, Column> {
    private final Error error;

    Failing(Error error) {
      this.error = error;
    }

    @Override
    public Set<Map.Entry<String, Column>> entrySet() {
      throw error;
    }
  }
}
