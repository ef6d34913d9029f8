package org.runmetrics.series.column;

import java.util.Arrays;
import org.runmetrics.json.Kind;

/** Strings, each distinct one kept once. */
final class TextColumn extends Column {
  /** What a string takes in addition to its characters. */
  static final int TEXT_BYTES = 64;

  private final Integers places;
  private final String[] texts;

  TextColumn(Presence presence, Integers places, String[] texts) {
    super(presence);
    this.places = places;
    this.texts = texts;
  }

  Integers places() {
    return places;
  }

  /** Returns about how many bytes a string takes. */
  static long bytes(String text) {
    return TEXT_BYTES + 2L * text.length();
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public long numbers(int from, int to) {
    return 0;
  }

  @Override
  public boolean hasNumber() {
    return false;
  }

  @Override
  Kind kindAt(int index) {
    return Kind.TEXT;
  }

  @Override
  long bitsAt(int index) {
    return places.get(index);
  }

  @Override
  double numberAt(int index) {
    throw new IllegalStateException("A string is no number");
  }

  @Override
  void readValues(int from, int to, Cells cells) {
    Arrays.fill(cells.kinds, 0, to - from, Kind.TEXT.code());
    places.copy(from, to, cells.bits);
  }

  @Override
  long valueBytes() {
    return places.bytes() + Arrays.stream(texts).mapToLong(TextColumn::bytes).sum();
  }

  @Override
  String[] texts() {
    return texts;
  }
}
