package org.runmetrics.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.runmetrics.json.Kind;

/**
 * Reads the usual line of metrics from its bytes, without an object for each value.
 *
 * <p>A training logs the same names at every step, so a line is compared with the templates of
 * lines before it, the last one first: keys, punctuation and the line end are equal byte for byte,
 * and only values are read. Whatever is not usual is left to {@link EventParser}, whose answer this
 * one equals wherever it gives one: a step that is no integer, escapes, nested values, long
 * integers, repeated keys.
 *
 * <p>Text is looked at eight bytes at a time: arrays end with {@link #SLACK_BYTES} zeros that are
 * not text. Not safe for use by several threads.
 */
public final class EventScanner {
  /** What follows the text in an array, all zero. */
  public static final int SLACK_BYTES = 16;

  /** No line of a known template. */
  public static final int NOT_USUAL = -1;

  /** Runs log sparse metrics in a few combinations; more than these are learned again. */
  private static final int MAX_TEMPLATES = 16;

  /** Longer lines are no usual ones; their templates would take as much memory as they do. */
  private static final int MAX_TEMPLATE_BYTES = 64 << 10;

  private static final FixedText NAN = word("NaN");
  private static final FixedText INFINITY = word("Infinity");
  private static final FixedText NULL = word("null");
  private static final FixedText TRUE = word("true");
  private static final FixedText FALSE = word("false");

  private final LineTemplate[] templates = new LineTemplate[MAX_TEMPLATES];
  private int templateCount;
  private final ScannedMetrics metrics = new ScannedMetrics();
  private final NumberScanner number = new NumberScanner(metrics);

  private byte[] bytes = {};
  private int limit;

  /** Returns the values of the line that was read last. */
  public ScannedMetrics metrics() {
    return metrics;
  }

  /**
   * Reads a line of a known template and returns where the next one starts.
   *
   * @param text holds the line
   * @param from where the line starts
   * @param to where the text ends, be it in the middle of a line
   * @return the place after the line's line feed, or {@link #NOT_USUAL}
   */
  public int scan(byte[] text, int from, int to) {
    bytes = text;
    limit = to;
    for (int i = 0; i < templateCount; i++) {
      int behind = match(templates[i], from);
      if (behind != NOT_USUAL) {
        moveToFront(i);
        return behind;
      }
    }
    return NOT_USUAL;
  }

  /**
   * Learns the template of a line that {@link #scan} did not know, and returns whether it is a
   * usual one; its values are read then.
   *
   * @param text holds the line
   * @param from where the line starts
   * @param to where it ends, in front of its line end
   * @param behind where the next line starts
   */
  public boolean learn(byte[] text, int from, int to, int behind) {
    if (behind - from > MAX_TEMPLATE_BYTES) {
      return false;
    }
    Optional<LineTemplate> learned = LineTemplate.of(text, from, to, behind);
    bytes = text;
    limit = behind;
    if (learned.isEmpty() || match(learned.get(), from) != behind) {
      return false;
    }
    if (templateCount < MAX_TEMPLATES) {
      templateCount++;
    }
    templates[templateCount - 1] = learned.get();
    moveToFront(templateCount - 1);
    return true;
  }

  private void moveToFront(int index) {
    if (index > 0) {
      LineTemplate template = templates[index];
      System.arraycopy(templates, 0, templates, 1, index);
      templates[0] = template;
    }
  }

  private int match(LineTemplate template, int from) {
    metrics.prepare(template);
    FixedText[] texts = template.texts;
    int[] slots = template.slots;
    int position = from;
    for (int i = 0; i < slots.length; i++) {
      position = texts[i].skip(bytes, position, limit);
      if (position == NOT_USUAL) {
        return NOT_USUAL;
      }
      position = value(position, slots[i]);
      if (position == NOT_USUAL) {
        return NOT_USUAL;
      }
    }
    position = texts[slots.length].skip(bytes, position, limit);
    return position != NOT_USUAL && isStep(template) ? position : NOT_USUAL;
  }

  /** Takes step and time from among the values, and returns whether the step is one. */
  private boolean isStep(LineTemplate template) {
    metrics.hasStep = template.hasStep;
    metrics.timeValue = ScannedMetrics.NO_TIME;
    if (template.time >= 0 && metrics.isFinite(template.time)) {
      metrics.timeValue = template.time;
    } else if (template.hasLineTime && metrics.isFinite(LineTemplate.lineTime(template.names))) {
      metrics.timeValue = LineTemplate.lineTime(template.names);
    }
    return !template.hasStep
        || metrics.kinds[LineTemplate.step(template.names)] == Kind.WHOLE.code();
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

  private int constant(FixedText word, int position, int slot, Kind kind) {
    metrics.kinds[slot] = kind.code();
    metrics.bits[slot] = 0;
    return word.skip(bytes, position, limit);
  }

  private int special(FixedText word, int position, int slot, double value) {
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

  private static FixedText word(String text) {
    return new FixedText(text.getBytes(StandardCharsets.US_ASCII));
  }
}
