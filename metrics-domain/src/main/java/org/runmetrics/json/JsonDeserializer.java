package org.runmetrics.json;

import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the tree of values from JSON-B's parser.
 *
 * <p>Numbers are taken from their literal: {@code BigDecimal} would lose the sign of {@code -0.0}
 * and the difference between {@code 1} and {@code 1e0}, and takes quadratic time for a number of a
 * million digits.
 */
final class JsonDeserializer implements JsonbDeserializer<Json.Fields> {
  static final int MAX_DEPTH = 500;

  private final String notANumber;

  JsonDeserializer(String notANumber) {
    this.notANumber = notANumber;
  }

  /** Reads the rest of an object whose opening brace JSON-B has consumed. */
  @Override
  public Json.Fields deserialize(JsonParser parser, DeserializationContext context, Type type) {
    return fields(parser, 1);
  }

  private Json.Fields fields(JsonParser parser, int depth) {
    Map<String, Json> values = new LinkedHashMap<>();
    for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
      String key = parser.getString();
      values.put(key, value(parser, parser.next(), depth));
    }
    return new Json.Fields(Collections.unmodifiableMap(values));
  }

  private Json.Items items(JsonParser parser, int depth) {
    List<Json> values = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      values.add(value(parser, event, depth));
    }
    return new Json.Items(Collections.unmodifiableList(values));
  }

  private Json value(JsonParser parser, Event event, int depth) {
    if (depth == MAX_DEPTH) {
      throw new JsonParsingException("Nested too deeply", parser.getLocation());
    }
    return switch (event) {
      case START_OBJECT -> fields(parser, depth + 1);
      case START_ARRAY -> items(parser, depth + 1);
      case VALUE_STRING -> new Json.Text(parser.getString());
      case VALUE_NUMBER -> number(parser.getString());
      case VALUE_TRUE -> new Json.Flag(true);
      case VALUE_FALSE -> new Json.Flag(false);
      case VALUE_NULL -> Json.Null.NULL;
      case KEY_NAME, END_OBJECT, END_ARRAY ->
          throw new JsonParsingException("A value is missing", parser.getLocation());
    };
  }

  private Json.Scalar number(String literal) {
    if (literal.equals(notANumber)) {
      return new Json.Decimal(Double.NaN);
    }
    if (isInteger(literal)) {
      try {
        return new Json.Whole(Long.parseLong(literal));
      } catch (NumberFormatException beyond64Bits) {
        return new Json.Decimal(Double.parseDouble(literal));
      }
    }
    return new Json.Decimal(Double.parseDouble(literal));
  }

  private static boolean isInteger(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }
}
