package org.runmetrics.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.json.Json;
import org.runmetrics.json.JsonText;

/** Reads a line of {@code events.jsonl}; the reference for every line. */
public final class EventParser {
  private static final String GLOBAL_STEP = "global_step";
  private static final String STEP = "step";

  private EventParser() {}

  /** Returns the event of a line, or nothing if the line is no JSON object. */
  public static Optional<Event> parse(String line) {
    return JsonText.parse(line).map(EventParser::event);
  }

  private static Event event(Json.Fields line) {
    Optional<String> type = line.text("type");
    if (type.isEmpty() || !(type.get().equals("metrics") || type.get().equals("image"))) {
      return new Event.Unknown();
    }
    if (!(line.values().get("data") instanceof Json.Fields data)) {
      return new Event.Malformed();
    }
    OptionalDouble time = line.finite("ts");
    return type.get().equals("metrics") ? metrics(time, data) : image(time, data);
  }

  private static Event metrics(OptionalDouble lineTime, Json.Fields data) {
    OptionalDouble time = data.finite("time");
    return new Event.Metrics(step(data), time.isPresent() ? time : lineTime, values(data));
  }

  private static Event image(OptionalDouble time, Json.Fields data) {
    return new Event.Image(
        time, step(data), data.text("key"), data.text("path"), data.text("caption"));
  }

  /** Takes {@code step} only where {@code global_step} is missing or null, as the tracker does. */
  private static OptionalLong step(Json.Fields data) {
    return data.value(GLOBAL_STEP)
        .filter(value -> value != Json.Null.NULL)
        .or(() -> data.value(STEP))
        .map(Steps::of)
        .orElse(OptionalLong.empty());
  }

  private static Map<String, Json.Scalar> values(Json.Fields data) {
    Map<String, Json.Scalar> values = new LinkedHashMap<>();
    data.values()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Scalar scalar
                  && !name.equals(GLOBAL_STEP)
                  && !name.equals(STEP)) {
                values.put(name, scalar);
              }
            });
    return Collections.unmodifiableMap(values);
  }
}
