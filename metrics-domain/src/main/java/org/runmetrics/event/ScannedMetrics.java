package org.runmetrics.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.json.Json;
import org.runmetrics.json.Kind;
import org.runmetrics.json.Scaled;

/**
 * The values of one line of metrics, as an {@link EventScanner} leaves them.
 *
 * <p>Overwritten by the next line. Values stand in the order of the line; their names are those of
 * the line before as long as {@link #names()} is the same array.
 */
public final class ScannedMetrics {
  /** Of {@link #scale}: a decimal is the bits of a double. */
  public static final int NOT_SCALED = -1;

  /** Of {@link #timeValue()}: the line has no time. */
  public static final int NO_TIME = -1;

  private static final byte[] NO_BYTES = {};

  String[] names = {};
  byte[] kinds = {};
  int[] scales = {};
  long[] bits = {};
  boolean hasStep;
  int timeValue = NO_TIME;

  /** For each value the string that it was last, and its bytes. */
  private String[] texts = {};

  private byte[][] textBytes = {};

  ScannedMetrics() {}

  /**
   * Returns the names of the values; the same array for lines of one template, not to be changed.
   */
  @SuppressWarnings("AvoidArrayReturn")
  public String[] names() {
    return names;
  }

  /** Returns what a value is. */
  public Kind kind(int value) {
    return Kind.of(kinds[value]);
  }

  /** Returns the integer, the digits of a scaled decimal, or the bits of the double. */
  public long bits(int value) {
    return bits[value];
  }

  /** Returns the scale of a decimal, see {@link Scaled}, or {@link #NOT_SCALED}. */
  public int scale(int value) {
    return scales[value];
  }

  /** Returns the string. */
  public String text(int value) {
    return texts[value];
  }

  /** Returns whether the line has a step. */
  public boolean hasStep() {
    return hasStep;
  }

  /** Returns the step. */
  public long step() {
    return bits[LineTemplate.step(names)];
  }

  /** Returns which value is the line's time in epoch seconds, or {@link #NO_TIME}. */
  public int timeValue() {
    return timeValue;
  }

  /** Returns the same as an event of its own. */
  public Event.Metrics event() {
    Map<String, Json.Scalar> values = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], scalar(i));
    }
    return new Event.Metrics(
        hasStep ? OptionalLong.of(step()) : OptionalLong.empty(),
        timeValue == NO_TIME ? OptionalDouble.empty() : OptionalDouble.of(number(timeValue)),
        values);
  }

  /** Makes room for the values of another template. */
  void prepare(LineTemplate template) {
    names = template.names;
    int slots = LineTemplate.slots(names);
    if (kinds.length < slots) {
      kinds = new byte[slots];
      scales = new int[slots];
      bits = new long[slots];
      texts = new String[slots];
      textBytes = new byte[slots][];
      Arrays.fill(texts, "");
      Arrays.fill(textBytes, NO_BYTES);
    }
  }

  /** Keeps a decimal that is not scaled. */
  void setDouble(int value, double number) {
    kinds[value] = Kind.DECIMAL.code();
    scales[value] = NOT_SCALED;
    bits[value] = Double.doubleToRawLongBits(number);
  }

  /** Keeps a string, decoded only if it is not that of the line before. */
  void setText(int value, byte[] bytes, int from, int to) {
    byte[] last = textBytes[value];
    if (!Arrays.equals(last, 0, last.length, bytes, from, to)) {
      textBytes[value] = Arrays.copyOfRange(bytes, from, to);
      texts[value] = new String(textBytes[value], StandardCharsets.UTF_8);
    }
  }

  /** Returns whether a value is a number that is neither NaN nor infinite. */
  boolean isFinite(int value) {
    if (kinds[value] == Kind.DECIMAL.code()) {
      return scales[value] != NOT_SCALED || Double.isFinite(Double.longBitsToDouble(bits[value]));
    }
    return kinds[value] == Kind.WHOLE.code();
  }

  private double number(int value) {
    if (kinds[value] == Kind.WHOLE.code()) {
      return (double) bits[value];
    }
    return scales[value] == NOT_SCALED
        ? Double.longBitsToDouble(bits[value])
        : Scaled.value(bits[value], scales[value]);
  }

  private Json.Scalar scalar(int value) {
    return switch (kind(value)) {
      case ABSENT -> throw new IllegalStateException("A scanned value is never absent");
      case NULL -> Json.Null.NULL;
      case FALSE -> new Json.Flag(false);
      case TRUE -> new Json.Flag(true);
      case WHOLE -> new Json.Whole(bits[value]);
      case DECIMAL -> new Json.Decimal(number(value));
      case TEXT -> new Json.Text(texts[value]);
    };
  }
}
