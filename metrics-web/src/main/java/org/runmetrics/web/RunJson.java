package org.runmetrics.web;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.OptionalDouble;
import org.runmetrics.run.RunInfo;

/** A run as the list and the detail show it. */
final class RunJson {
  private RunJson() {}

  static JsonObjectBuilder of(RunInfo run) {
    return Json.createObjectBuilder()
        .add("id", run.id().value())
        .add("run_dir", run.directory())
        .add("created_time", number(run.createdTime()))
        .add("status", run.status().status())
        .add(
            "pid", run.pid().isPresent() ? Json.createValue(run.pid().getAsLong()) : JsonValue.NULL)
        .add("best_metric_value", number(run.bestMetricValue()))
        .add("best_metric_name", text(run.bestMetricName()))
        .add("path", run.group())
        .add("project", text(run.project()))
        .add("name", text(run.name()))
        .add("alias", text(run.alias()))
        .add("tags", Json.createArrayBuilder(run.tags()));
  }

  static JsonValue number(OptionalDouble value) {
    return value.isPresent() ? Json.createValue(value.getAsDouble()) : JsonValue.NULL;
  }

  private static JsonValue text(Optional<String> value) {
    return value.<JsonValue>map(RunJson::string).orElse(JsonValue.NULL);
  }

  private static JsonString string(String value) {
    return Json.createValue(value);
  }
}
