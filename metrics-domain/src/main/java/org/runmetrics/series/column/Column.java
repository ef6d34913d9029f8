package org.runmetrics.series.column;

import java.util.Optional;
import org.runmetrics.json.Kind;

/**
 * The values of one metric in a segment, by row.
 *
 * <p>Only rows that have a value take room. Immutable.
 */
public abstract sealed class Column
    permits WholeColumn, DecimalColumn, DoubleColumn, TextColumn, MixedColumn {
  private final Presence presence;

  /**
   * Made when first asked for. It is unchangeable, so this needs no guard against other threads:
   * two that make it at once make the same.
   */
  private Optional<BlockAggregates> aggregates = Optional.empty();

  Column(Presence presence) {
    this.presence = presence;
  }

  /** Returns the column in which every row is absent. */
  public static Column empty() {
    return WholeColumn.EMPTY;
  }

  /** Returns the number of rows up to the last one that has a value. */
  public final int length() {
    return presence.length();
  }

  /** Returns whether each row up to the length has a value. */
  public final boolean isDense() {
    return presence.isDense();
  }

  /** Returns whether a row has a value. */
  public final boolean has(int row) {
    return presence.has(row);
  }

  /** Returns what a row holds. */
  public final Kind kind(int row) {
    return presence.has(row) ? kindAt(presence.index(row)) : Kind.ABSENT;
  }

  /** Returns the integer of a row of kind {@link Kind#WHOLE}. */
  public final long whole(int row) {
    return bitsAt(presence.index(row));
  }

  /** Returns the number of a row of kind {@link Kind#WHOLE} or {@link Kind#DECIMAL}. */
  public final double number(int row) {
    return numberAt(presence.index(row));
  }

  /** Returns the string of a row of kind {@link Kind#TEXT}. */
  public final String text(int row) {
    return texts()[(int) bitsAt(presence.index(row))];
  }

  /**
   * Unpacks the cells of a range of rows, of at most {@link Cells#MAX_ROWS}.
   *
   * @param from the first row
   * @param to the row after the last one
   */
  public final void read(int from, int to, Cells cells) {
    cells.clear(to - from, scale(), texts());
    int end = Math.min(to, presence.length());
    if (from < end) {
      readValues(presence.index(from), presence.index(end), cells);
      if (!presence.isDense()) {
        spread(from, end, cells);
      }
    }
  }

  /**
   * Unpacks the cells of some rows, of at most {@link Cells#MAX_ROWS}.
   *
   * @param rows the rows
   * @param from the first place among them
   * @param to the place after the last one
   */
  public final void read(int[] rows, int from, int to, Cells cells) {
    cells.clear(to - from, scale(), texts());
    for (int i = from; i < to; i++) {
      int row = rows[i];
      if (presence.has(row)) {
        int index = presence.index(row);
        cells.kinds[i - from] = kindAt(index).code();
        cells.bits[i - from] = bitsAt(index);
      }
    }
  }

  /** Returns how many rows of a range have a value. */
  public final int count(int from, int to) {
    return presence.index(to) - presence.index(from);
  }

  /** Returns how many rows of a range have a number. */
  public long numbers(int from, int to) {
    return count(from, to);
  }

  /** Returns the first row at or after another that has a value, or the length. */
  public final int next(int row) {
    int index = presence.index(row);
    return index == count() ? length() : presence.row(index);
  }

  /** Returns the row after the first values at or after a row, or the length. */
  public final int behind(int row, int values) {
    long index = presence.index(row) + (long) values - 1;
    return index >= count() ? length() : presence.row((int) index) + 1;
  }

  /** Returns the first row at or after another that has a number, or the length. */
  public final int nextNumber(int row) {
    int next = next(row);
    while (next < length() && !kind(next).isNumber()) {
      next = next(next + 1);
    }
    return next;
  }

  /** Adds the numbers of a range of rows. */
  public final void aggregate(int from, int to, Aggregate target) {
    aggregates().add(presence.index(from), presence.index(to), target);
  }

  /**
   * Returns the first row of a range that holds its smallest, or its largest, finite number.
   *
   * @param extreme that number, as {@link #aggregate} found it
   */
  public final int rowOf(int from, int to, boolean smallest, double extreme) {
    int first = presence.index(from);
    int behind = presence.index(to);
    return presence.row(aggregates().place(first, behind, smallest, extreme));
  }

  private BlockAggregates aggregates() {
    Optional<BlockAggregates> known = aggregates;
    if (known.isEmpty()) {
      known = Optional.of(new BlockAggregates(this));
      aggregates = known;
    }
    return known.get();
  }

  /** Returns the number of values. */
  public final int count() {
    return presence.count();
  }

  final Presence presence() {
    return presence;
  }

  /** Returns about how many bytes the column takes. */
  public final long bytes() {
    long aggregateBytes = hasNumber() ? BlockAggregates.bytes(count()) : 0;
    return 64 + presence.bytes() + valueBytes() + aggregateBytes;
  }

  /** Returns whether another column of numbers is kept in the same way and holds the same. */
  public boolean isSame(Column other) {
    return false;
  }

  /** Returns whether every number is an integer. */
  public abstract boolean isWhole();

  /** Returns whether any value is a number. */
  public boolean hasNumber() {
    return count() > 0;
  }

  /** Returns whether any value may be an integer of 64 bits. */
  boolean mayHoldWholes() {
    return false;
  }

  abstract Kind kindAt(int index);

  abstract long bitsAt(int index);

  abstract double numberAt(int index);

  /** Copies values to the beginning of the cells. */
  abstract void readValues(int from, int to, Cells cells);

  abstract long valueBytes();

  /** Returns the place of the first value of a range that is some number, or -1 without one. */
  int find(int from, int to, double wanted) {
    for (int i = from; i < to; i++) {
      if (kindAt(i).isNumber() && numberAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Adds the numbers among values side by side, of at most two blocks. */
  void addValues(int from, int to, Aggregate target) {
    for (int i = from; i < to; i++) {
      if (kindAt(i).isNumber()) {
        target.add(numberAt(i));
      }
    }
  }

  /** Returns the decimals of scaled values; see {@link Cells#scale()}. */
  int scale() {
    return Cells.NOT_SCALED;
  }

  String[] texts() {
    return Cells.noTexts();
  }

  /** Moves values, which lie side by side, to their rows; from the last one, so none is lost. */
  private void spread(int from, int end, Cells cells) {
    int index = presence.index(end) - presence.index(from);
    for (int row = end - 1; row >= from; row--) {
      int place = row - from;
      if (presence.has(row)) {
        index--;
        cells.kinds[place] = cells.kinds[index];
        cells.bits[place] = cells.bits[index];
      } else {
        cells.kinds[place] = Kind.ABSENT.code();
      }
    }
  }
}
