package org.runmetrics.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.json.Json;
import org.runmetrics.json.JsonText;

/** Reads the small JSON files of a run; what is missing or damaged is an empty object. */
final class JsonFile {
  private static final int MAX_BYTES = 4 << 20;
  private static final Json.Fields EMPTY = new Json.Fields(Map.of());

  private JsonFile() {}

  static Json.Fields read(Optional<Path> file) {
    if (file.isEmpty()) {
      return EMPTY;
    }
    try (InputStream stream = Files.newInputStream(file.get())) {
      byte[] bytes = stream.readNBytes(MAX_BYTES);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return JsonText.parse(text.startsWith("\uFEFF") ? text.substring(1) : text).orElse(EMPTY);
    } catch (IOException unreadable) {
      return EMPTY;
    }
  }
}
