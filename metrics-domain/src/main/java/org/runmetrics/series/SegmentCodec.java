package org.runmetrics.series;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.runmetrics.series.column.Column;
import org.runmetrics.series.column.ColumnCodec;

/** Segments as bytes, for tiers of a cache outside of the heap. */
public final class SegmentCodec {
  private SegmentCodec() {}

  /** Writes a segment into a buffer of just its size, ready to be read. */
  public static ByteBuffer encode(Segment segment) {
    boolean ownTimes = !isLogged(segment);
    int size = 2 * Integer.BYTES + 1 + ColumnCodec.size(segment.steps());
    size += ownTimes ? ColumnCodec.size(segment.times()) : 0;
    for (Map.Entry<String, Column> column : segment.columns().entrySet()) {
      size += ColumnCodec.size(column.getKey()) + ColumnCodec.size(column.getValue());
    }
    ByteBuffer buffer = ByteBuffer.allocate(size);
    buffer.putInt(segment.rows());
    ColumnCodec.put(buffer, segment.steps());
    buffer.put((byte) (ownTimes ? 1 : 0));
    if (ownTimes) {
      ColumnCodec.put(buffer, segment.times());
    }
    buffer.putInt(segment.columns().size());
    segment
        .columns()
        .forEach(
            (name, column) -> {
              ColumnCodec.put(buffer, name);
              ColumnCodec.put(buffer, column);
            });
    return buffer.flip();
  }

  /** Reads a segment that {@link #encode} wrote. */
  public static Segment decode(ByteBuffer buffer) {
    int rows = buffer.getInt();
    Column steps = ColumnCodec.column(buffer);
    boolean ownTimes = buffer.get() != 0;
    Column times = ownTimes ? ColumnCodec.column(buffer) : Column.empty();
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int left = buffer.getInt(); left > 0; left--) {
      String name = ColumnCodec.text(buffer);
      columns.put(name, ColumnCodec.column(buffer));
    }
    if (!ownTimes) {
      times = columns.getOrDefault(Axis.TIME.columnName(), Column.empty());
    }
    return new Segment(rows, steps, times, Collections.unmodifiableMap(columns));
  }

  /** Returns whether the times are those that were logged as a metric, and the same object. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isLogged(Segment segment) {
    return segment.times() == segment.columns().get(Axis.TIME.columnName());
  }
}
