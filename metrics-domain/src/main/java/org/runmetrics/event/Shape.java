package org.runmetrics.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lines of metrics have in common that were logged by one call: all but their values.
 *
 * <p>A line is a fragment, a value, a fragment, and so on, such as <code>{"ts": </code>, a number,
 * <code>, "type": "metrics", "data": {"loss": </code>, a number, <code>}}</code>. A line whose
 * fragments equal a shape's byte for byte needs no look at its keys. Immutable.
 */
final class Shape {
  /** Slots behind the names: the line's own time, the step, and what nobody asks for. */
  private static final int OTHER_SLOTS = 3;

  /** One more than there are values; the last one ends with the line end. */
  final Fragment[] fragments;

  /** For each value of the line where it goes: its place among the names, or one behind them. */
  final int[] slots;

  /** The names of the values, each once. */
  final String[] names;

  /** The place of the value that is the event's time, or -1. */
  final int time;

  /** Whether the line has a time of its own. */
  final boolean hasLineTime;

  final boolean hasStep;

  private Shape(Fragment[] fragments, int[] slots, String[] names) {
    this.fragments = fragments;
    this.slots = slots;
    this.names = names;
    this.time = List.of(names).indexOf("time");
    this.hasLineTime = contains(slots, lineTime(names));
    this.hasStep = contains(slots, step(names));
  }

  /**
   * Learns the shape of a line, or nothing if the line is not of the usual form.
   *
   * @param end where the line ends, in front of its line end
   * @param behind where the next line starts
   */
  static Optional<Shape> of(byte[] bytes, int start, int end, int behind) {
    return new Learner(bytes, start, end).learn(behind);
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

  private static int ignored(String[] names) {
    return names.length + 2;
  }

  private static boolean contains(int[] slots, int slot) {
    return Arrays.stream(slots).anyMatch(other -> other == slot);
  }

  /** One pass over a line; any surprise ends it with nothing. */
  private static final class Learner {
    /** Of a value that is the line's time, which is no value of its own. */
    private static final int TS = -1;

    /** Of a value that is the step. */
    private static final int STEP = -2;

    /** Of a value that nobody asks for. */
    private static final int IGNORED = -3;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int fragmentStart;
    private final List<Fragment> fragments = new ArrayList<>();
    private final List<Integer> values = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    Learner(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.end = end;
      this.position = start;
      this.fragmentStart = start;
    }

    Optional<Shape> learn(int behind) {
      if (!line()) {
        return Optional.empty();
      }
      fragments.add(fragment(behind));
      String[] all = names.toArray(String[]::new);
      int[] slots = values.stream().mapToInt(value -> slot(value, all)).toArray();
      return Optional.of(new Shape(fragments.toArray(Fragment[]::new), slots, all));
    }

    private static int slot(int value, String[] names) {
      return switch (value) {
        case TS -> lineTime(names);
        case STEP -> step(names);
        case IGNORED -> ignored(names);
        default -> value;
      };
    }

    private boolean line() {
      boolean metrics = false;
      boolean data = false;
      if (!take('{')) {
        return false;
      }
      Set<String> seen = new HashSet<>();
      do {
        Optional<String> key = string();
        if (key.isEmpty() || !seen.add(key.get()) || !take(':')) {
          return false;
        }
        switch (key.get()) {
          case "ts" -> {
            if (!value(TS)) {
              return false;
            }
          }
          case "type" -> {
            metrics = string().filter("metrics"::equals).isPresent();
            if (!metrics) {
              return false;
            }
          }
          case "data" -> {
            data = data();
            if (!data) {
              return false;
            }
          }
          default -> {
            if (!value(IGNORED)) {
              return false;
            }
          }
        }
      } while (take(','));
      return metrics && data && take('}') && atEnd();
    }

    private boolean data() {
      if (!take('{')) {
        return false;
      }
      do {
        Optional<String> key = string();
        if (key.isEmpty() || !keys.add(key.get()) || !take(':')) {
          return false;
        }
        if (key.get().equals("step")) {
          // Whether it counts depends on values; the parser knows.
          return false;
        }
        boolean step = key.get().equals("global_step");
        int slot = step ? STEP : names.size();
        if (!step) {
          names.add(key.get());
        }
        if (!value(slot)) {
          return false;
        }
      } while (take(','));
      return take('}');
    }

    /** Ends a fragment in front of a value, and starts the next behind it. */
    private boolean value(int slot) {
      skipSpace();
      fragments.add(fragment(position));
      values.add(slot);
      int from = position;
      if (position < end && bytes[position] == '"') {
        if (string().isEmpty()) {
          return false;
        }
      } else {
        while (position < end && isScalar(bytes[position])) {
          position++;
        }
      }
      fragmentStart = position;
      return position > from;
    }

    private Fragment fragment(int to) {
      return new Fragment(Arrays.copyOfRange(bytes, fragmentStart, to));
    }

    private static boolean isScalar(byte b) {
      return (b >= '0' && b <= '9')
          || (b >= 'a' && b <= 'z')
          || (b >= 'A' && b <= 'Z')
          || b == '-'
          || b == '+'
          || b == '.';
    }

    private Optional<String> string() {
      skipSpace();
      if (position == end || bytes[position] != '"') {
        return Optional.empty();
      }
      int from = ++position;
      while (position < end && bytes[position] != '"') {
        if (bytes[position] == '\\' || (bytes[position] >= 0 && bytes[position] < ' ')) {
          return Optional.empty();
        }
        position++;
      }
      if (position == end) {
        return Optional.empty();
      }
      return Optional.of(new String(bytes, from, position++ - from, StandardCharsets.UTF_8));
    }

    private boolean take(char c) {
      skipSpace();
      if (position < end && bytes[position] == c) {
        position++;
        return true;
      }
      return false;
    }

    private boolean atEnd() {
      skipSpace();
      return position == end;
    }

    private void skipSpace() {
      while (position < end
          && (bytes[position] == ' ' || bytes[position] == '\t' || bytes[position] == '\r')) {
        position++;
      }
    }
  }
}
