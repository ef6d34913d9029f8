package org.runmetrics.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest state of each of several bars.
 *
 * <p>A bar is known again by its row where the drawing moves between rows, and by its description
 * otherwise. States are in the order in which their lines came last, so that a reader that resumes
 * after one of them gets the others. Not safe for use by several threads.
 */
final class BarStates {

  /**
   * One state.
   *
   * @param line byte offset of the start of the line it was drawn in
   * @param end byte offset after that line
   * @param number the number of that line, 0 where nobody counts
   */
  record State(String text, long line, long end, long number) {}

  private record Bar(String key, int row, State state) {}

  /** More bars than this side by side are not on one screen. */
  private static final int MAX_BARS = 64;

  private static final Pattern VALUE = Pattern.compile("\\d++(?:[.,:/]\\d++)*+");

  /** Where the description ends: at the percentage, the count or the drawn bar. */
  private static final Pattern STATE =
      Pattern.compile(
          "\\d{1,3}(?:\\.\\d{1,3})?%|(?<![\\d.])\\d{1,15}(?:/\\d|\\p{L}{0,12} \\[)|[\\[|\u2501\u2578\u257A]");

  private static final Pattern FRACTION = Pattern.compile("\\d\\.\\d");

  private static final int MAX_DESCRIPTION = 200;

  /** A description with more numbers tells measurements, which change from state to state. */
  private static final int MAX_NUMBERS = 2;

  private List<Bar> bars = new ArrayList<>();

  /** Whether rows tell bars apart. */
  private boolean rows;

  /** Takes note that the drawing moved between rows. */
  void useRows() {
    rows = true;
  }

  /**
   * Takes a state, which replaces the one before of the same bar.
   *
   * @param placed whether the state's line moves between rows
   * @return the oldest state of all, if there are too many
   */
  Optional<State> put(int row, boolean placed, State state) {
    String key = key(state.text());
    boolean known = rows && bars.removeIf(bar -> bar.row() == row);
    if (!known && !placed) {
      bars.removeIf(bar -> bar.key().equals(key));
    }
    bars.add(new Bar(key, row, state));
    return bars.size() > MAX_BARS ? Optional.of(bars.remove(0).state()) : Optional.empty();
  }

  /** Returns the same states, which change apart from these. */
  BarStates copy() {
    BarStates copy = new BarStates();
    copy.bars = new ArrayList<>(bars);
    copy.rows = rows;
    return copy;
  }

  /** Returns whether nothing is held that says what becomes of later lines. */
  boolean isEmpty() {
    return bars.isEmpty() && !rows;
  }

  /** Returns how much text is held. */
  int characters() {
    return bars.stream().mapToInt(bar -> bar.key().length() + bar.state().text().length()).sum();
  }

  /** Returns all states in order and forgets them. */
  List<State> takeAll() {
    List<State> states = bars.stream().map(Bar::state).toList();
    bars = new ArrayList<>();
    rows = false;
    return states;
  }

  /** Returns what tells a bar from others: its description, without what changes. */
  static String key(String bar) {
    String text = Escapes.strip(bar);
    text = text.substring(0, Math.min(MAX_DESCRIPTION, text.length()));
    Matcher state = STATE.matcher(text);
    String description = (state.find() ? text.substring(0, state.start()) : text).strip();
    boolean measures =
        FRACTION.matcher(description).find()
            || VALUE.matcher(description).results().count() > MAX_NUMBERS;
    return measures ? VALUE.matcher(description).replaceAll("#") : description;
  }
}
