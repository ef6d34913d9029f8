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
  /** Of a slot that is the line's time, which is no value of its own. */
  static final int TS = -1;

  /** Of a slot that is the step. */
  static final int STEP = -2;

  /** Of a slot that nobody asks for. */
  static final int IGNORED = -3;

  /** One more than there are values. */
  final byte[][] fragments;

  /** For each slot the place of its value among the names, or one of the above. */
  final int[] values;

  /** The names of the values, each once. */
  final String[] names;

  /** The place of the value that is the event's time, or -1. */
  final int time;

  private Shape(byte[][] fragments, int[] values, String[] names, int time) {
    this.fragments = fragments;
    this.values = values;
    this.names = names;
    this.time = time;
  }

  /** Learns the shape of a line, or nothing if the line is not of the usual form. */
  static Optional<Shape> of(byte[] bytes, int start, int end) {
    return new Learner(bytes, start, end).learn();
  }

  /** One pass over a line; any surprise ends it with nothing. */
  private static final class Learner {
    private final byte[] bytes;
    private final int end;
    private int position;
    private int fragmentStart;
    private final List<byte[]> fragments = new ArrayList<>();
    private final List<Integer> values = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    Learner(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.end = end;
      this.position = start;
      this.fragmentStart = start;
    }

    Optional<Shape> learn() {
      if (!line()) {
        return Optional.empty();
      }
      fragments.add(fragment(end));
      int[] slots = values.stream().mapToInt(Integer::intValue).toArray();
      return Optional.of(
          new Shape(
              fragments.toArray(byte[][]::new),
              slots,
              names.toArray(String[]::new),
              names.indexOf("time")));
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

    private byte[] fragment(int to) {
      return Arrays.copyOfRange(bytes, fragmentStart, to);
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
