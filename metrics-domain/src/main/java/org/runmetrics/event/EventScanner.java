package org.runmetrics.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.runmetrics.json.Kind;

/**
 * Reads the usual line of metrics from its bytes, without an object for each value.
 *
 * <p>A training logs the same names at every step, so a line is compared with the shapes of lines
 * before it, the last one first: keys, punctuation and the line end are equal byte for byte, and
 * only values are read. Whatever is not usual is left to {@link EventParser}, whose answer this one
 * equals wherever it gives one: a step that is no integer, escapes, nested values, long integers,
 * repeated keys.
 *
 * <p>Text is looked at eight bytes at a time: arrays end with {@link #SLACK_BYTES} zeros that are
 * not text. Not safe for use by several threads.
 */
public final class EventScanner {
  /** What follows the text in an array, all zero. */
  public static final int SLACK_BYTES = 16;

  /** No line of a known shape. */
  public static final int NOT_USUAL = -1;

  /** Runs log sparse metrics in a few combinations; more than these are learned again. */
  private static final int MAX_SHAPES = 16;

  /** Longer lines are no usual ones; their shapes would take as much memory as they do. */
  private static final int MAX_SHAPE_BYTES = 64 << 10;

  private static final Fragment NAN = word("NaN");
  private static final Fragment INFINITY = word("Infinity");
  private static final Fragment NULL = word("null");
  private static final Fragment TRUE = word("true");
  private static final Fragment FALSE = word("false");

  private final Shape[] shapes = new Shape[MAX_SHAPES];
  private int shapeCount;
  private final ScannedMetrics metrics = new ScannedMetrics();
  private final NumberScanner number = new NumberScanner(metrics);

  private byte[] bytes = {};
  private int limit;

  /** Returns the values of the line that was read last. */
  public ScannedMetrics metrics() {
    return metrics;
  }

  /**
   * Reads a line of a known shape and returns where the next one starts.
   *
   * @param text holds the line
   * @param from where the line starts
   * @param to where the text ends, be it in the middle of a line
   * @return the place behind the line's line feed, or {@link #NOT_USUAL}
   */
  public int scan(byte[] text, int from, int to) {
    bytes = text;
    limit = to;
    for (int i = 0; i < shapeCount; i++) {
      int behind = match(shapes[i], from);
      if (behind != NOT_USUAL) {
        moveToFront(i);
        return behind;
      }
    }
    return NOT_USUAL;
  }

  /**
   * Learns the shape of a line that {@link #scan} did not know, and returns whether it is a usual
   * one; its values are read then.
   *
   * @param text holds the line
   * @param from where the line starts
   * @param to where it ends, in front of its line end
   * @param behind where the next line starts
   */
  public boolean learn(byte[] text, int from, int to, int behind) {
    if (behind - from > MAX_SHAPE_BYTES) {
      return false;
    }
    Optional<Shape> learned = Shape.of(text, from, to, behind);
    bytes = text;
    limit = behind;
    if (learned.isEmpty() || match(learned.get(), from) != behind) {
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

  private int match(Shape shape, int from) {
    metrics.prepare(shape);
    Fragment[] fragments = shape.fragments;
    int[] slots = shape.slots;
    int position = from;
    for (int i = 0; i < slots.length; i++) {
      position = fragments[i].skip(bytes, position, limit);
      if (position == NOT_USUAL) {
        return NOT_USUAL;
      }
      position = value(position, slots[i]);
      if (position == NOT_USUAL) {
        return NOT_USUAL;
      }
    }
    position = fragments[slots.length].skip(bytes, position, limit);
    return position != NOT_USUAL && isStep(shape) ? position : NOT_USUAL;
  }

  /** Takes step and time from among the values, and returns whether the step is one. */
  private boolean isStep(Shape shape) {
    metrics.hasStep = shape.hasStep;
    metrics.timeValue = ScannedMetrics.NO_TIME;
    if (shape.time >= 0 && metrics.isFinite(shape.time)) {
      metrics.timeValue = shape.time;
    } else if (shape.hasLineTime && metrics.isFinite(Shape.lineTime(shape.names))) {
      metrics.timeValue = Shape.lineTime(shape.names);
    }
    return !shape.hasStep || metrics.kinds[Shape.step(shape.names)] == Kind.WHOLE.code();
  }

  /** Reads any scalar and returns where the line goes on. */
  private int value(int position, int slot) {
    byte first = bytes[position];
    if ((first >= '0' && first <= '9') || (first == '-' && bytes[position + 1] != 'I')) {
      return number.scan(bytes, position, slot);
    }
    return switch (first) {
      case '"' -> string(position + 1, slot);
      case 'n' -> constant(NULL, position, slot, Kind.NULL);
      case 't' -> constant(TRUE, position, slot, Kind.TRUE);
      case 'f' -> constant(FALSE, position, slot, Kind.FALSE);
      case 'N' -> special(NAN, position, slot, Double.NaN);
      case 'I' -> special(INFINITY, position, slot, Double.POSITIVE_INFINITY);
      case '-' -> special(INFINITY, position + 1, slot, Double.NEGATIVE_INFINITY);
      default -> NOT_USUAL;
    };
  }

  private int constant(Fragment word, int position, int slot, Kind kind) {
    metrics.kinds[slot] = kind.code();
    metrics.bits[slot] = 0;
    return word.skip(bytes, position, limit);
  }

  private int special(Fragment word, int position, int slot, double value) {
    metrics.setDouble(slot, value);
    return word.skip(bytes, position, limit);
  }

  private int string(int start, int slot) {
    int position = start;
    int plain;
    do {
      if (position > limit) {
        return NOT_USUAL;
      }
      plain = Words.plainTextCount(Words.load(bytes, position));
      position += plain;
    } while (plain == Long.BYTES);
    if (bytes[position] != '"' || position >= limit) {
      return NOT_USUAL;
    }
    metrics.kinds[slot] = Kind.TEXT.code();
    metrics.bits[slot] = 0;
    metrics.setText(slot, bytes, start, position);
    return position + 1;
  }

  private static Fragment word(String text) {
    return new Fragment(text.getBytes(StandardCharsets.US_ASCII));
  }
}
