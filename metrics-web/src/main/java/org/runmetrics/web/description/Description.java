package org.runmetrics.web.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The API as OpenAPI 3.1 describes it.
 *
 * <p>It is written in files by subject, and joined: what several files say of one object is put
 * together, in the order of the files. Tests hold it to the routes, parameters and answers.
 *
 * @param root the document: maps, lists, texts, numbers, true, false and null
 */
record Description(Map<String, Object> root) {
  private static final List<String> FILES =
      List.of(
          "api",
          "runs",
          "files",
          "metrics",
          "experiments",
          "experiment",
          "series",
          "summary",
          "logs",
          "socket",
          "images",
          "streams",
          "session",
          "operation",
          "description",
          "run",
          "parameters",
          "headers",
          "errors");

  /** Reads and joins the files. */
  static Description read() {
    Map<String, Object> root = new LinkedHashMap<>();
    for (String name : FILES) {
      add(root, file(name + ".yaml"), name + ".yaml");
    }
    return new Description(root);
  }

  private static Map<?, ?> file(String name) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).build();
    try (InputStream stream = Description.class.getResourceAsStream(name)) {
      if (stream != null
          && new Load(settings).loadFromInputStream(stream) instanceof Map<?, ?> map) {
        return map;
      }
      throw new IllegalStateException("The description's file " + name + " is missing or empty");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static void add(Map<String, Object> whole, Map<?, ?> part, String place) {
    part.forEach(
        (key, value) -> {
          String name = key.toString();
          Object before = whole.get(name);
          if (before == null) {
            whole.put(name, value instanceof Map<?, ?> map ? copy(map, place) : value);
          } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> joined = copy((Map<?, ?>) before, place);
            add(joined, map, place + " " + name);
            whole.put(name, joined);
          } else {
            throw new IllegalStateException(place + " says again what " + name + " is");
          }
        });
  }

  private static Map<String, Object> copy(Map<?, ?> map, String place) {
    Map<String, Object> copy = new LinkedHashMap<>();
    add(copy, map, place);
    return copy;
  }
}
