package org.runmetrics.json;

/** What a cell of a table can hold. */
public enum Kind {
  /** Nothing was logged. */
  ABSENT(0),
  /** A logged {@code null}. */
  NULL(1),
  /** {@code false}. */
  FALSE(2),
  /** {@code true}. */
  TRUE(3),
  /** An integer of 64 bits. */
  WHOLE(4),
  /** A double, NaN and infinities included. */
  DECIMAL(5),
  /** A string. */
  TEXT(6);

  private static final Kind[] KINDS = values();

  private final byte code;

  /** Takes the kind's place in the list above. */
  Kind(int code) {
    this.code = (byte) code;
  }

  /** Returns whether the slot holds a number, be it NaN or infinite. */
  public boolean isNumber() {
    return this == WHOLE || this == DECIMAL;
  }

  /** Returns the kind of a code. */
  public static Kind of(byte code) {
    return KINDS[code];
  }

  /** Returns a number that stands for the kind where there are many. */
  public byte code() {
    return code;
  }
}
