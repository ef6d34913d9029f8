package org.runmetrics.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.runmetrics.json.Json;

/**
 * Fields of an object, of which only so many are kept that all runs together fit in memory.
 *
 * <p>At most {@value #MAX_FIELDS} fields are kept, none with more than {@value
 * #MAX_FIELD_CHARACTERS} characters in its name and value, and no more than {@value
 * #MAX_CHARACTERS} characters in all. Each field is kept or left out as a whole.
 *
 * @param fields those that are kept, in their order
 * @param leftOut how many are not
 */
public record BoundedFields(Json.Fields fields, int leftOut) {
  static final int MAX_FIELDS = 1000;
  static final int MAX_FIELD_CHARACTERS = 10_000;
  static final int MAX_CHARACTERS = 100_000;

  /** About the characters of a number, or of what stands around a value. */
  private static final int FRAME_CHARACTERS = 8;

  /** Keeps what there is room for. */
  static BoundedFields of(Map<String, Json> values) {
    Map<String, Json> kept = new LinkedHashMap<>();
    long room = MAX_CHARACTERS;
    for (Map.Entry<String, Json> value : values.entrySet()) {
      long characters = value.getKey().length() + characters(value.getValue());
      if (kept.size() < MAX_FIELDS && characters <= Math.min(room, MAX_FIELD_CHARACTERS)) {
        kept.put(value.getKey(), value.getValue());
        room -= characters;
      }
    }
    return new BoundedFields(
        new Json.Fields(Collections.unmodifiableMap(kept)), values.size() - kept.size());
  }

  private static long characters(Json value) {
    long characters = FRAME_CHARACTERS;
    if (value instanceof Json.Text text) {
      characters += text.value().length();
    } else if (value instanceof Json.Items items) {
      for (Json item : items.values()) {
        characters += characters(item);
      }
    } else if (value instanceof Json.Fields fields) {
      for (Map.Entry<String, Json> field : fields.values().entrySet()) {
        characters += field.getKey().length() + characters(field.getValue());
      }
    }
    return characters;
  }
}
