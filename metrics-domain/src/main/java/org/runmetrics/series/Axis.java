package org.runmetrics.series;

import org.runmetrics.series.column.Column;
import org.runmetrics.series.column.DoubleBits;

/**
 * What rows are ordered and merged by.
 *
 * <p>Values of an axis are compared by 64-bit keys whose order is that of the values: a step is its
 * own key, a time is mapped by the bits of its double.
 */
public enum Axis {
  /** The training step. */
  STEP("global_step") {
    @Override
    public Column column(Segment segment) {
      return segment.steps();
    }

    @Override
    public long key(Column column, int row) {
      return column.whole(row);
    }

    @Override
    public double place(long key) {
      return (double) key;
    }
  },

  /** Epoch seconds; events of the same time are one row. */
  TIME("time") {
    @Override
    public Column column(Segment segment) {
      return segment.times();
    }

    @Override
    public long key(Column column, int row) {
      return keyOf(column.number(row));
    }

    @Override
    public double place(long key) {
      return timeOfKey(key);
    }
  },

  /** Epoch seconds; each event is a row, and those of the same time keep their order. */
  EVENT_TIME("time") {
    @Override
    public Column column(Segment segment) {
      return TIME.column(segment);
    }

    @Override
    public long key(Column column, int row) {
      return TIME.key(column, row);
    }

    @Override
    public double place(long key) {
      return TIME.place(key);
    }
  };

  private final String columnName;

  Axis(String columnName) {
    this.columnName = columnName;
  }

  /** Returns the name of the axis's column in a table. */
  public String columnName() {
    return columnName;
  }

  /** Returns whether events with the same place are one row. */
  public boolean merges() {
    return this != EVENT_TIME;
  }

  /** Returns the time of a key, in epoch seconds. */
  public static double timeOfKey(long key) {
    return Double.longBitsToDouble(DoubleBits.ordered(key));
  }

  /** Returns the key of a number, which orders it among others. */
  public static long keyOf(double time) {
    // Adding zero turns -0.0 into 0.0, which is the same time.
    return DoubleBits.ordered(Double.doubleToRawLongBits(time + 0.0));
  }

  /** Returns the values of a segment's rows on this axis. */
  public abstract Column column(Segment segment);

  /** Returns the key of a value on this axis. */
  public abstract long key(Column column, int row);

  /** Returns the step, or the epoch seconds, of a key. */
  public abstract double place(long key);
}
