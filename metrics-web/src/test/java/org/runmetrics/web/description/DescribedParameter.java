package org.runmetrics.web.description;

import jakarta.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One parameter of the description.
 *
 * @param place where it is described
 */
record DescribedParameter(Place place) {
  String name() {
    return place.text("name");
  }

  String in() {
    return place.text("in");
  }

  boolean isRequired() {
    return place.optional("required").filter(flag -> flag.text().equals("true")).isPresent();
  }

  Place schema() {
    return place.field("schema");
  }

  /** Returns a number of the schema, if it has it. */
  Optional<Long> number(String keyword) {
    return schema().optional(keyword).map(number -> Long.valueOf(number.text()));
  }

  String text() {
    return place.text("example");
  }

  /** Returns the example as a query has it. */
  String query() {
    if (!(place.field("example").value() instanceof JsonArray)) {
      return query(text());
    }
    var texts = place.field("example").items().stream().map(Place::text);
    return place.text("explode").equals("true")
        ? texts.map(this::query).collect(Collectors.joining("&"))
        : query(texts.collect(Collectors.joining(",")));
  }

  /** Returns a value as a query has it. */
  String query(String value) {
    // Where a name stands for many, one of them is named.
    String sent = place.optional("x-name").map(Place::text).orElse(name());
    return encode(sent) + "=" + encode(value);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name();
  }
}
