package org.runmetrics.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.runmetrics.json.Json;

/**
 * What a training was started with: {@code config.args} in {@code assets.json}, as one flat object.
 *
 * <p>The names of nested fields are joined by points, as in {@code optimizer.lr}. Where two fields
 * get one name, the later one counts. Lists, and objects without fields, are values.
 */
final class RunParameters {
  private RunParameters() {}

  /** Returns the parameters in the order of the file; none if it has no object of them. */
  static Map<String, Json> of(Json.Fields assets) {
    Map<String, Json> flat = new LinkedHashMap<>();
    if (assets.value("config").orElse(Json.Null.NULL) instanceof Json.Fields config
        && config.value("args").orElse(Json.Null.NULL) instanceof Json.Fields arguments) {
      add("", arguments, flat);
    }
    return flat;
  }

  private static void add(String prefix, Json.Fields fields, Map<String, Json> flat) {
    fields
        .values()
        .forEach(
            (key, value) -> {
              if (value instanceof Json.Fields nested && !nested.values().isEmpty()) {
                add(prefix + key + ".", nested, flat);
              } else {
                flat.put(prefix + key, value);
              }
            });
  }
}
