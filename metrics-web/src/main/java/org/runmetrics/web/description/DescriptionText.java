package org.runmetrics.web.description;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A description as the text of a file. */
final class DescriptionText {
  private static final int WIDTH = 100;

  private DescriptionText() {}

  static byte[] json(Description description) {
    return value(description.root()).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns it as YAML that begins like its files, with each object written out. */
  static byte[] yaml(Description description) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDereferenceAliases(true)
            .setWidth(WIDTH)
            .build();
    return new Dump(settings).dumpToString(description.root()).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonValue value(Object value) {
    if (value instanceof Map<?, ?> map) {
      JsonObjectBuilder object = Json.createObjectBuilder();
      map.forEach((name, field) -> object.add(name.toString(), value(field)));
      return object.build();
    }
    if (value instanceof List<?> list) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      list.forEach(item -> array.add(value(item)));
      return array.build();
    }
    if (value instanceof Boolean flag) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    if (value instanceof Integer || value instanceof Long) {
      return Json.createValue(((Number) value).longValue());
    }
    if (value instanceof BigInteger whole) {
      return Json.createValue(whole);
    }
    if (value instanceof Double number) {
      return Json.createValue(BigDecimal.valueOf(number));
    }
    return value == null ? JsonValue.NULL : Json.createValue(value.toString());
  }
}
