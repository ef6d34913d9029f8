package org.runmetrics.event;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.json.Json;

/** One line of {@code events.jsonl} that holds a JSON object. */
public sealed interface Event {

  /**
   * Values logged together.
   *
   * @param step the training step, if the event has one
   * @param time epoch seconds, if the event has any; always finite
   * @param values what was logged, by name in the order of the line, without the step
   */
  record Metrics(OptionalLong step, OptionalDouble time, Map<String, Json.Scalar> values)
      implements Event {}

  /**
   * An image that the run saved.
   *
   * @param time epoch seconds
   * @param step the training step it belongs to
   * @param key the name it was logged under
   * @param path its file, relative to the run's directory; not checked
   * @param caption text to show with it
   */
  record Image(
      OptionalDouble time,
      OptionalLong step,
      Optional<String> key,
      Optional<String> path,
      Optional<String> caption)
      implements Event {}

  /** An event of a type that this server does not know; it is ignored. */
  record Unknown() implements Event {}

  /** An event of a known type without an object of data; it counts as a skipped line. */
  record Malformed() implements Event {}
}
