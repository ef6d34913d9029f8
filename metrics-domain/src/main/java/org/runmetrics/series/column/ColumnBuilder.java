package org.runmetrics.series.column;

import java.util.Arrays;
import org.runmetrics.json.Kind;
import org.runmetrics.json.Scaled;

/**
 * Gathers the values of one metric; rows come in ascending order.
 *
 * <p>Starts with the narrowest form that holds the first value and widens when one does not fit: a
 * scale grows, scaled decimals turn into doubles, and different kinds into a mixture.
 */
public final class ColumnBuilder {

  /** What the values gathered so far have in common. */
  private enum Form {
    NONE,
    WHOLE,
    SCALED,
    DOUBLE,
    TEXT,
    MIXED
  }

  private final PresenceBuilder presence = new PresenceBuilder();
  private Form form = Form.NONE;
  private int scale;
  private long[] values = new long[16];
  private int count;

  /** The kind of each value; only of a mixture. */
  private byte[] kinds = {};

  private final Dictionary texts = new Dictionary();

  /** Returns about how many bytes the distinct strings take. */
  public long textBytes() {
    return texts.bytes();
  }

  /** Goes on where a column ended; nothing was added before. */
  public void resume(Column column) {
    presence.resume(column.presence());
    count = column.count();
    values = new long[Math.max(values.length, count + count / 8)];
    scale = column.scale();
    for (String text : column.texts()) {
      texts.place(text);
    }
    if (column instanceof WholeColumn whole) {
      form = count == 0 ? Form.NONE : Form.WHOLE;
      whole.values().copy(0, count, values);
    } else if (column instanceof DecimalColumn decimal) {
      form = Form.SCALED;
      decimal.digits().copy(0, count, values);
    } else if (column instanceof DoubleColumn decimal) {
      form = Form.DOUBLE;
      System.arraycopy(decimal.bits(), 0, values, 0, count);
    } else if (column instanceof TextColumn text) {
      form = Form.TEXT;
      text.places().copy(0, count, values);
    } else if (column instanceof MixedColumn mixed) {
      form = Form.MIXED;
      kinds = mixed.kinds().clone();
      System.arraycopy(mixed.bits(), 0, values, 0, count);
    }
  }

  /** Appends what a row of another column holds. */
  void copy(int row, Column source, int sourceRow) {
    switch (source.kind(sourceRow)) {
      case ABSENT -> {}
      case TEXT -> text(row, source.text(sourceRow));
      case WHOLE -> whole(row, source.whole(sourceRow));
      case DECIMAL -> {
        if (source.scale() == Cells.NOT_SCALED) {
          decimal(row, source.number(sourceRow));
        } else {
          scaled(row, source.whole(sourceRow), source.scale());
        }
      }
      case NULL, FALSE, TRUE -> word(row, source.kind(sourceRow));
    }
  }

  /** Appends an integer. */
  public void whole(int row, long value) {
    if (form == Form.WHOLE) {
      put(row, value);
    } else if (form == Form.NONE) {
      form = Form.WHOLE;
      put(row, value);
    } else {
      putMixed(row, Kind.WHOLE, value);
    }
  }

  /** Appends a decimal of at most {@link Scaled#MAX_DIGITS}; minus zero is none. */
  public void scaled(int row, long digits, int decimals) {
    if (form == Form.SCALED && decimals <= scale && Scaled.fits(digits, scale - decimals)) {
      put(row, digits * Scaled.powerOfTen(scale - decimals));
    } else if (form == Form.NONE) {
      form = Form.SCALED;
      scale = decimals;
      put(row, digits);
    } else if (form == Form.SCALED && decimals > scale && rescale(decimals)) {
      put(row, digits);
    } else {
      unscaled(row, Scaled.value(digits, decimals));
    }
  }

  /** Appends any double. */
  public void decimal(int row, double value) {
    if (form == Form.SCALED) {
      long digits = Scaled.digits(value, scale);
      if (digits != Long.MIN_VALUE) {
        put(row, digits);
        return;
      }
    }
    unscaled(row, value);
  }

  /** Appends a string. */
  public void text(int row, String value) {
    if (form == Form.NONE) {
      form = Form.TEXT;
    }
    if (form == Form.TEXT) {
      put(row, texts.place(value));
    } else {
      putMixed(row, Kind.TEXT, texts.place(value));
    }
  }

  /** Appends null, true or false. */
  public void word(int row, Kind kind) {
    putMixed(row, kind, 0);
  }

  /** Returns the column of all values gathered so far. */
  public Column build() {
    Presence rows = presence.build();
    return switch (form) {
      case NONE -> Column.empty();
      case WHOLE -> new WholeColumn(rows, Integers.of(values, count));
      case SCALED -> new DecimalColumn(rows, Integers.of(values, count), scale);
      case DOUBLE -> new DoubleColumn(rows, Arrays.copyOf(values, count));
      case TEXT -> new TextColumn(rows, Integers.of(values, count), texts.toArray());
      case MIXED ->
          new MixedColumn(
              rows, Arrays.copyOf(kinds, count), Arrays.copyOf(values, count), texts.toArray());
    };
  }

  /** Forgets all values and keeps the room for as many. */
  public void clear() {
    presence.clear();
    form = Form.NONE;
    count = 0;
    kinds = new byte[0];
    texts.clear();
  }

  private void unscaled(int row, double value) {
    if (form == Form.SCALED) {
      toDoubles();
    } else if (form == Form.NONE) {
      form = Form.DOUBLE;
    }
    long bits = Double.doubleToRawLongBits(value);
    if (form == Form.DOUBLE) {
      put(row, bits);
    } else {
      putMixed(row, Kind.DECIMAL, bits);
    }
  }

  /** Gives all values more decimals and returns whether they stay exact. */
  private boolean rescale(int decimals) {
    int more = decimals - scale;
    for (int i = 0; i < count; i++) {
      if (!Scaled.fits(values[i], more)) {
        return false;
      }
    }
    // Zeros alone fit any scale, also one whose power of ten needs more than 64 bits.
    long factor = more <= 18 ? Scaled.powerOfTen(more) : 0;
    for (int i = 0; i < count; i++) {
      values[i] *= factor;
    }
    scale = decimals;
    return true;
  }

  private void toDoubles() {
    for (int i = 0; i < count; i++) {
      values[i] = Double.doubleToRawLongBits(Scaled.value(values[i], scale));
    }
    form = Form.DOUBLE;
  }

  private void putMixed(int row, Kind kind, long value) {
    if (form != Form.MIXED) {
      toMixed();
    }
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, Math.max(16, 2 * count));
    }
    kinds[count] = kind.code();
    put(row, value);
  }

  private void toMixed() {
    if (form == Form.SCALED) {
      toDoubles();
    }
    Kind kind =
        switch (form) {
          case WHOLE -> Kind.WHOLE;
          case DOUBLE -> Kind.DECIMAL;
          case TEXT -> Kind.TEXT;
          case NONE, SCALED, MIXED -> Kind.ABSENT;
        };
    kinds = new byte[Math.max(16, count)];
    Arrays.fill(kinds, 0, count, kind.code());
    form = Form.MIXED;
  }

  private void put(int row, long value) {
    presence.add(row);
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }
}
