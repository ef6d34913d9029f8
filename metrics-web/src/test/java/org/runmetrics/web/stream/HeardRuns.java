package org.runmetrics.web.stream;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.runmetrics.web.TestServer;

/** What a client knows of many runs that hears of them by one stream. */
final class HeardRuns {
  /** Rows by step, of each run of which anything was told. */
  private final Map<String, Map<Long, JsonObject>> rows;

  private final Map<String, String> statuses = new TreeMap<>();
  private final List<String> resets = new ArrayList<>();

  /** Rows that came a second time though they had not changed. */
  private int repeated;

  HeardRuns() {
    this(Map.of());
  }

  /** Starts with a copy of what somebody knew. */
  HeardRuns(Map<String, Map<Long, JsonObject>> known) {
    this.rows = copy(known);
  }

  Map<String, Map<Long, JsonObject>> rows() {
    return copy(rows);
  }

  Map<Long, JsonObject> rows(String run) {
    return rows.getOrDefault(run, Map.of());
  }

  Map<String, String> statuses() {
    return statuses;
  }

  List<String> resets() {
    return resets;
  }

  int repeated() {
    return repeated;
  }

  void hear(EventClient.Event event) {
    JsonObject data = TestServer.parse(event.data()).asJsonObject();
    switch (event.name()) {
      case "rows" -> {
        Map<Long, JsonObject> mine =
            rows.computeIfAbsent(data.getString("run"), run -> new TreeMap<>());
        byStep(data).forEach((step, row) -> repeated += row.equals(mine.put(step, row)) ? 1 : 0);
      }
      case "status" -> statuses.put(data.getString("run"), data.getString("status"));
      case "reset" -> {
        rows.remove(data.getString("run"));
        resets.add(data.getString("run"));
      }
      default -> throw new AssertionError("Unknown event " + event.name());
    }
  }

  static Map<Long, JsonObject> byStep(JsonObject answer) {
    Map<Long, JsonObject> rows = new TreeMap<>();
    for (JsonValue row : answer.getJsonArray("rows")) {
      JsonObject object = row.asJsonObject();
      rows.put(object.getJsonNumber("global_step").longValue(), object);
    }
    return rows;
  }

  private static Map<String, Map<Long, JsonObject>> copy(Map<String, Map<Long, JsonObject>> known) {
    Map<String, Map<Long, JsonObject>> copy = new LinkedHashMap<>();
    known.forEach((run, rows) -> copy.put(run, new TreeMap<>(rows)));
    return copy;
  }
}
