package org.runmetrics.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.runmetrics.json.Kind;

/**
 * Reads the usual line of metrics from its bytes, without an object for each value.
 *
 * <p>A training logs the same names at every step, so a line is compared with the shapes of lines
 * before it, the last one first: keys and punctuation are equal byte for byte, and only values are
 * read. Whatever is not usual is left to {@link EventParser}, whose answer this one equals wherever
 * it gives one: a step that is no integer, escapes, nested values, long integers, repeated keys.
 * Not safe for use by several threads.
 */
public final class EventScanner {
  /** Runs log sparse metrics in a few combinations; more than these are learned again. */
  private static final int MAX_SHAPES = 16;

  private static final int NOT_USUAL = NumberScanner.NOT_USUAL;

  private static final byte[] NAN = ascii("NaN");
  private static final byte[] INFINITY = ascii("Infinity");
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private final Shape[] shapes = new Shape[MAX_SHAPES];
  private int shapeCount;
  private final ScannedMetrics metrics = new ScannedMetrics();
  private final NumberScanner number = new NumberScanner();

  private byte[] bytes = {};
  private int end;

  /** The value read last. */
  private byte kind;

  private long bits;

  /** Where the string read last lies. */
  private int textStart;

  private int textEnd;

  /** Returns the values of the line that was read last. */
  public ScannedMetrics metrics() {
    return metrics;
  }

  /**
   * Reads a line and returns whether it was a usual one.
   *
   * @param line holds the line
   * @param from where the line starts
   * @param to where it ends, in front of its line end
   */
  public boolean scan(byte[] line, int from, int to) {
    bytes = line;
    end = to;
    for (int i = 0; i < shapeCount; i++) {
      if (matches(shapes[i], from)) {
        moveToFront(i);
        return true;
      }
    }
    Optional<Shape> learned = Shape.of(line, from, to);
    if (learned.isEmpty() || !matches(learned.get(), from)) {
      return false;
    }
    if (shapeCount < MAX_SHAPES) {
      shapeCount++;
    }
    shapes[shapeCount - 1] = learned.get();
    moveToFront(shapeCount - 1);
    return true;
  }

  private void moveToFront(int index) {
    if (index > 0) {
      Shape shape = shapes[index];
      System.arraycopy(shapes, 0, shapes, 1, index);
      shapes[0] = shape;
    }
  }

  private boolean matches(Shape shape, int from) {
    byte[][] fragments = shape.fragments;
    int[] values = shape.values;
    prepare(shape);
    double lineTime = Double.NaN;
    int position = from;
    for (int i = 0; i < values.length; i++) {
      position = fragment(fragments[i], position);
      if (position < 0) {
        return false;
      }
      position = value(position);
      if (position < 0) {
        return false;
      }
      int value = values[i];
      if (value >= 0) {
        metrics.kinds[value] = kind;
        metrics.bits[value] = bits;
        if (kind == Kind.TEXT.code()) {
          metrics.texts[value] = text(metrics.texts[value]);
        }
      } else if (value == Shape.TS) {
        lineTime = number();
      } else if (value == Shape.STEP) {
        if (kind != Kind.WHOLE.code()) {
          return false;
        }
        metrics.hasStep = true;
        metrics.step = bits;
      }
    }
    if (fragment(fragments[values.length], position) != end) {
      return false;
    }
    setTime(shape, lineTime);
    return true;
  }

  private void prepare(Shape shape) {
    metrics.hasStep = false;
    if (metrics.names != shape.names) {
      metrics.names = shape.names;
      int count = shape.names.length;
      if (metrics.kinds.length < count) {
        metrics.kinds = new byte[count];
        metrics.bits = new long[count];
        metrics.texts = new String[count];
        Arrays.fill(metrics.texts, "");
      }
    }
  }

  /** The time among the values counts if it is finite, else that of the line. */
  private void setTime(Shape shape, double lineTime) {
    double time = lineTime;
    if (shape.time >= 0) {
      kind = metrics.kinds[shape.time];
      bits = metrics.bits[shape.time];
      double own = number();
      time = Double.isFinite(own) ? own : lineTime;
    }
    metrics.hasTime = Double.isFinite(time);
    metrics.time = time;
  }

  /** Returns the number read last, NaN if it was none. */
  private double number() {
    if (kind == Kind.DECIMAL.code()) {
      return Double.longBitsToDouble(bits);
    }
    return kind == Kind.WHOLE.code() ? (double) bits : Double.NaN;
  }

  /** Returns where the line goes on behind a fragment. */
  private int fragment(byte[] fragment, int position) {
    int to = position + fragment.length;
    return to <= end && Arrays.equals(fragment, 0, fragment.length, bytes, position, to)
        ? to
        : NOT_USUAL;
  }

  /** Reads any scalar and returns where the line goes on. */
  private int value(int position) {
    if (position >= end) {
      return NOT_USUAL;
    }
    byte first = bytes[position];
    if (first == '-' && position + 1 < end && bytes[position + 1] == 'I') {
      return infinity(position + 1, Double.NEGATIVE_INFINITY);
    }
    if (first == '-' || (first >= '0' && first <= '9')) {
      int behind = number.scan(bytes, position, end);
      kind = number.kind();
      bits = number.bits();
      return behind;
    }
    return switch (first) {
      case '"' -> string(position + 1);
      case 'n' -> word(NULL, position, Kind.NULL, 0);
      case 't' -> word(TRUE, position, Kind.TRUE, 0);
      case 'f' -> word(FALSE, position, Kind.FALSE, 0);
      case 'N' -> word(NAN, position, Kind.DECIMAL, Double.doubleToRawLongBits(Double.NaN));
      case 'I' -> infinity(position, Double.POSITIVE_INFINITY);
      default -> NOT_USUAL;
    };
  }

  private int infinity(int position, double value) {
    return word(INFINITY, position, Kind.DECIMAL, Double.doubleToRawLongBits(value));
  }

  private int word(byte[] word, int position, Kind wordKind, long value) {
    kind = wordKind.code();
    bits = value;
    return fragment(word, position);
  }

  private int string(int position) {
    int i = position;
    while (i < end && bytes[i] != '"') {
      if (bytes[i] == '\\' || (bytes[i] >= 0 && bytes[i] < ' ')) {
        return NOT_USUAL;
      }
      i++;
    }
    kind = Kind.TEXT.code();
    bits = 0;
    textStart = position;
    textEnd = i;
    return i < end ? i + 1 : NOT_USUAL;
  }

  /** Returns the string read last; it often is that of the line before. */
  private String text(String last) {
    int length = textEnd - textStart;
    if (last.length() == length) {
      int i = 0;
      while (i < length && bytes[textStart + i] == last.charAt(i)) {
        i++;
      }
      if (i == length) {
        return last;
      }
    }
    return new String(bytes, textStart, length, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
