package org.runmetrics.series.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct strings of a column in the making, each with its place. */
final class Dictionary {
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private long bytes;
  private String last = "";
  private int lastPlace = -1;

  /** Returns the place of a string, a new one if it was not there. */
  int place(String text) {
    // The string of the line before is usually the same object.
    if (lastPlace < 0 || !last.equals(text)) {
      last = text;
      lastPlace = places.computeIfAbsent(text, this::add);
    }
    return lastPlace;
  }

  /** Returns about how many bytes the strings take. */
  long bytes() {
    return bytes;
  }

  String[] toArray() {
    return texts.toArray(String[]::new);
  }

  void clear() {
    texts.clear();
    places.clear();
    bytes = 0;
    lastPlace = -1;
  }

  private int add(String text) {
    texts.add(text);
    bytes += TextColumn.bytes(text);
    return texts.size() - 1;
  }
}
