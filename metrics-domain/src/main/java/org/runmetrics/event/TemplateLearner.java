package org.runmetrics.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Learns the template of a line in one pass; any surprise ends it with nothing. */
final class TemplateLearner {
  /** Of a value that is the line's time, which is no value of its own. */
  private static final int TS = -1;

  /** Of a value that is the step. */
  private static final int STEP = -2;

  /** Of a value that nobody asks for. */
  private static final int IGNORED = -3;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int textStart;
  private final List<FixedText> texts = new ArrayList<>();
  private final List<Integer> values = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  TemplateLearner(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.end = end;
    this.position = start;
    this.textStart = start;
  }

  Optional<LineTemplate> learn(int behind) {
    if (!line()) {
      return Optional.empty();
    }
    texts.add(text(behind));
    String[] all = names.toArray(String[]::new);
    int[] slots = values.stream().mapToInt(value -> slot(value, all)).toArray();
    return Optional.of(new LineTemplate(texts.toArray(FixedText[]::new), slots, all));
  }

  private static int slot(int value, String[] names) {
    return switch (value) {
      case TS -> LineTemplate.lineTime(names);
      case STEP -> LineTemplate.step(names);
      case IGNORED -> LineTemplate.ignored(names);
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

  /** Ends a fixed text in front of a value, and starts the next after it. */
  private boolean value(int slot) {
    skipSpace();
    texts.add(text(position));
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
    textStart = position;
    return position > from;
  }

  private FixedText text(int to) {
    return new FixedText(Arrays.copyOfRange(bytes, textStart, to));
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
