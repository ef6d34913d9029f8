package org.runmetrics.web.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A file for operators in YAML, of which JSON is a part. */
record OperatorFile(Path path) {

  static OperatorFile of(String folder, String name) {
    return new OperatorFile(Path.of("..", folder, name));
  }

  String text() throws IOException {
    return Files.readString(path);
  }

  /** Returns what stands under a key, wherever that is, in the order of the file. */
  List<Object> values(String key) throws IOException {
    List<Object> found = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text())) {
      collect(document, key, found);
    }
    return found;
  }

  /** Returns the texts that stand under a key. */
  List<String> texts(String key) throws IOException {
    return values(key).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  private static void collect(Object node, String key, List<Object> found) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (key.equals(name)) {
              found.add(value);
            }
            collect(value, key, found);
          });
    } else if (node instanceof List<?> list) {
      list.forEach(value -> collect(value, key, found));
    }
  }
}
