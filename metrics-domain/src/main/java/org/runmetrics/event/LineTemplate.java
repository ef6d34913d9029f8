package org.runmetrics.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What lines of metrics have in common that were logged by one call: all but their values.
 *
 * <p>A line is a fixed text, a value, a fixed text, and so on, such as <code>{"ts": </code>, a
 * number, <code>, "type": "metrics", "data": {"loss": </code>, a number, <code>}}</code>. A line
 * whose texts equal a template's byte for byte needs no look at its keys. Immutable.
 */
final class LineTemplate {
  /** Slots after the names: the line's own time, the step, and what is not asked for. */
  private static final int OTHER_SLOTS = 3;

  /** One more than there are values; the last one ends with the line end. */
  final FixedText[] texts;

  /** For each value of the line where it goes: its place among the names, or one after them. */
  final int[] slots;

  /** The names of the values, each once. */
  final String[] names;

  /** The place of the value that is the event's time, or -1. */
  final int time;

  /** Whether the line has a time of its own. */
  final boolean hasLineTime;

  final boolean hasStep;

  LineTemplate(FixedText[] texts, int[] slots, String[] names) {
    this.texts = texts;
    this.slots = slots;
    this.names = names;
    this.time = List.of(names).indexOf("time");
    this.hasLineTime = contains(slots, lineTime(names));
    this.hasStep = contains(slots, step(names));
  }

  /**
   * Learns the template of a line, or nothing if the line is not of the usual form.
   *
   * @param end where the line ends, in front of its line end
   * @param behind where the next line starts
   */
  static Optional<LineTemplate> of(byte[] bytes, int start, int end, int behind) {
    return new TemplateLearner(bytes, start, end).learn(behind);
  }

  /** Returns how many slots a line of some names needs. */
  static int slots(String[] names) {
    return names.length + OTHER_SLOTS;
  }

  /** Returns the slot of the line's own time. */
  static int lineTime(String[] names) {
    return names.length;
  }

  /** Returns the slot of the step. */
  static int step(String[] names) {
    return names.length + 1;
  }

  /** Returns the slot of values that nobody asks for. */
  static int ignored(String[] names) {
    return names.length + 2;
  }

  private static boolean contains(int[] slots, int slot) {
    return Arrays.stream(slots).anyMatch(other -> other == slot);
  }
}
