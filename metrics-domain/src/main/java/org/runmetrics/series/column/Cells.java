package org.runmetrics.series.column;

import java.util.Arrays;
import org.runmetrics.json.Kind;
import org.runmetrics.json.Scaled;

/**
 * Cells of one column in a range of rows, unpacked to be read one after the other.
 *
 * <p>Filled anew by each {@link Column#read}; not safe for use by several threads.
 */
public final class Cells {
  /** The most rows of a range. */
  public static final int MAX_ROWS = 512;

  /** Of {@link #scale()}: decimals are bits of doubles. */
  public static final int NOT_SCALED = -1;

  private static final String[] NO_TEXTS = {};

  byte[] kinds = {};
  long[] bits = {};
  int scale = NOT_SCALED;
  String[] texts = NO_TEXTS;

  /** Returns what a cell holds. */
  public Kind kind(int row) {
    return Kind.of(kinds[row]);
  }

  /**
   * Returns the 64 bits of a cell: the integer, the digits of a scaled decimal, the bits of another
   * one, or the place of a string among {@link #texts()}.
   */
  public long bits(int row) {
    return bits[row];
  }

  /** Returns the decimals of all cells of kind {@link Kind#DECIMAL}, or {@link #NOT_SCALED}. */
  public int scale() {
    return scale;
  }

  /** Returns the number of a cell of kind {@link Kind#WHOLE} or {@link Kind#DECIMAL}. */
  public double number(int row) {
    if (kinds[row] == Kind.WHOLE.code()) {
      return (double) bits[row];
    }
    return scale == NOT_SCALED
        ? Double.longBitsToDouble(bits[row])
        : Scaled.value(bits[row], scale);
  }

  /** Returns the column's strings, each once; the same array as long as the column is the same. */
  @SuppressWarnings("AvoidArrayReturn")
  public String[] texts() {
    return texts;
  }

  /** Starts a range in which no row has a value. */
  void clear(int rows, int newScale, String[] newTexts) {
    if (kinds.length < rows) {
      kinds = new byte[rows];
      bits = new long[rows];
    }
    Arrays.fill(kinds, 0, rows, Kind.ABSENT.code());
    scale = newScale;
    texts = newTexts;
  }

  static String[] noTexts() {
    return NO_TEXTS;
  }
}
