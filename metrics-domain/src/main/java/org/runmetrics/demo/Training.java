package org.runmetrics.demo;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a sample run goes.
 *
 * @param parameters what the run was started with besides its rate and its model, by name
 * @param speed how fast the loss falls, 1 for the usual
 * @param floor what is added to the loss and taken from the accuracy however long it trains
 * @param rate the largest learning rate
 * @param fate what is special about it
 */
record Training(
    Map<String, Number> parameters, double speed, double floor, double rate, Fate fate) {
  /** Every run of the demo that is in no sweep. */
  static final Training USUAL = new Training(Map.of(), 1, 0, 0.001, Fate.NONE);

  /** What can be special about a run. */
  enum Fate {
    NONE,
    /** For some time its loss is not a number. */
    GAP,
    /** Its loss grows without end, and it fails. */
    DIVERGES,
    /** It logs images. */
    IMAGES,
    /** Its log is full of progress bars. */
    BARS
  }

  /** Keeps the parameters in the order of their names. */
  Training {
    parameters = new TreeMap<>(parameters);
  }

  /** Returns the parameters as fields of a JSON object, each with a comma after it. */
  String json() {
    return parameters.entrySet().stream()
        .map(entry -> " \"" + entry.getKey() + "\": " + entry.getValue() + ",")
        .collect(Collectors.joining());
  }

  Training with(Fate special) {
    return new Training(parameters, speed, floor, rate, special);
  }

  /** Returns the loss at a step of so many, given what it is without anything special. */
  double loss(double usual, int step, int steps) {
    return switch (fate) {
      case GAP -> step > 0.4 * steps && step <= 0.5 * steps ? Double.NaN : usual;
      case DIVERGES -> step > 0.3 * steps ? usual * Math.exp((step - 0.3 * steps) / 25) : usual;
      default -> usual;
    };
  }
}
