package org.runmetrics.json;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.util.Optional;

/**
 * Reads the text of one JSON object.
 *
 * <p>This is the plain reader, and the judge of every faster one. It accepts what Python's {@code
 * json.loads} accepts, including bare {@code NaN}, {@code Infinity} and {@code -Infinity}, with two
 * differences: nesting deeper than {@value JsonDeserializer#MAX_DEPTH} levels is not read, and an
 * integer beyond 64 bits becomes the nearest double.
 */
public final class JsonText {
  private static final Jsonb JSONB = jsonb(BareNumbers.MARKER);

  private JsonText() {}

  /** Returns the object that the text is, or nothing if it is anything else. */
  public static Optional<Json.Fields> parse(String text) {
    if (!isOneObject(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(text));
    } catch (JsonbException invalid) {
      return Optional.empty();
    }
  }

  private static Json.Fields read(String text) {
    String marker = BareNumbers.markerNotIn(text);
    String standard = BareNumbers.replace(text, marker);
    // A text that holds the usual marker itself is read by another.
    Jsonb jsonb = marker.equals(BareNumbers.MARKER) ? JSONB : jsonb(marker);
    return jsonb.fromJson(standard, Json.Fields.class);
  }

  private static Jsonb jsonb(String marker) {
    return JsonbBuilder.create(new JsonbConfig().withDeserializers(new JsonDeserializer(marker)));
  }

  /**
   * Looks for the braces around the text, since JSON-B hands over an object and an array alike, and
   * lets anything follow them.
   */
  private static boolean isOneObject(String text) {
    int start = skipWhitespace(text, 0);
    if (start == text.length() || text.charAt(start) != '{') {
      return false;
    }
    int depth = 0;
    boolean inString = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        inString = !inString;
      } else if (inString) {
        i += c == '\\' ? 1 : 0;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return skipWhitespace(text, i + 1) == text.length();
      }
    }
    return false;
  }

  private static int skipWhitespace(String text, int start) {
    int i = start;
    while (i < text.length() && " \t\n\r".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }
}
