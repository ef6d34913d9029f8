package org.runmetrics.series;

import org.runmetrics.json.Kind;

/**
 * The values of one metric in a segment, by row.
 *
 * <p>Only rows that have a value take room. Immutable.
 */
public abstract sealed class Column
    permits WholeColumn, DecimalColumn, DoubleColumn, TextColumn, MixedColumn {
  private final Presence presence;

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

  /** Tells whether each row up to the length has a value. */
  public final boolean isDense() {
    return presence.isDense();
  }

  /** Tells whether a row has a value. */
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
   * Unpacks the cells of a stretch of rows, of at most {@link Cells#MAX_ROWS}.
   *
   * @param from the first row
   * @param to the row behind the last one
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

  /** Returns the number of values. */
  final int count() {
    return presence.count();
  }

  final Presence presence() {
    return presence;
  }

  /** Returns about how many bytes the column takes. */
  final long bytes() {
    return 64 + presence.bytes() + valueBytes();
  }

  /** Tells whether another column of numbers is kept in the same way and holds the same. */
  boolean isSame(Column other) {
    return false;
  }

  /** Tells whether every number is an integer. */
  abstract boolean isWhole();

  /** Tells whether any value is a number. */
  boolean hasNumber() {
    return count() > 0;
  }

  abstract Kind kindAt(int index);

  abstract long bitsAt(int index);

  abstract double numberAt(int index);

  /** Copies values to the beginning of the cells. */
  abstract void readValues(int from, int to, Cells cells);

  abstract long valueBytes();

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
