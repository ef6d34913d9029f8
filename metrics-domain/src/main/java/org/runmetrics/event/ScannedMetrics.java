package org.runmetrics.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.json.Json;
import org.runmetrics.json.Kind;

/**
 * The values of one line of metrics, as an {@link EventScanner} leaves them.
 *
 * <p>Overwritten by the next line. Values stand in the order of the line; their names are those of
 * the line before as long as {@link #names()} is the same array.
 */
public final class ScannedMetrics {
  String[] names = {};
  byte[] kinds = {};
  long[] bits = {};
  String[] texts = {};
  boolean hasStep;
  long step;
  boolean hasTime;
  double time;

  ScannedMetrics() {}

  /** Returns the names of the values; the same array for lines of one shape, not to be changed. */
  @SuppressWarnings("AvoidArrayReturn")
  public String[] names() {
    return names;
  }

  /** Returns what a value is. */
  public Kind kind(int value) {
    return Kind.of(kinds[value]);
  }

  /** Returns the integer, or the bits of the double. */
  public long bits(int value) {
    return bits[value];
  }

  /** Returns the string. */
  public String text(int value) {
    return texts[value];
  }

  /** Tells whether the line has a step. */
  public boolean hasStep() {
    return hasStep;
  }

  /** Returns the step. */
  public long step() {
    return step;
  }

  /** Tells whether the line has a time. */
  public boolean hasTime() {
    return hasTime;
  }

  /** Returns the time in epoch seconds. */
  public double time() {
    return time;
  }

  /** Returns the same as an event of its own. */
  public Event.Metrics event() {
    Map<String, Json.Scalar> values = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], scalar(i));
    }
    return new Event.Metrics(
        hasStep ? OptionalLong.of(step) : OptionalLong.empty(),
        hasTime ? OptionalDouble.of(time) : OptionalDouble.empty(),
        values);
  }

  private Json.Scalar scalar(int value) {
    return switch (kind(value)) {
      case ABSENT -> throw new IllegalStateException("A scanned value is never absent");
      case NULL -> Json.Null.NULL;
      case FALSE -> new Json.Flag(false);
      case TRUE -> new Json.Flag(true);
      case WHOLE -> new Json.Whole(bits[value]);
      case DECIMAL -> new Json.Decimal(Double.longBitsToDouble(bits[value]));
      case TEXT -> new Json.Text(texts[value]);
    };
  }
}
