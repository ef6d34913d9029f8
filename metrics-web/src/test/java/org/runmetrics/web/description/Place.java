package org.runmetrics.web.description;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place in the description. References are followed on the way.
 *
 * @param root the whole description
 * @param pointer where the place is, as JSON pointers tell it
 * @param value what is there
 */
record Place(JsonObject root, String pointer, JsonValue value) {
  private static final String REFERENCE = "$ref";

  static Place of(JsonObject root) {
    return new Place(root, "", root);
  }

  Place field(String name) {
    return optional(name).orElseThrow(() -> new AssertionError(pointer + " lacks " + name));
  }

  Optional<Place> optional(String name) {
    return value instanceof JsonObject object && object.containsKey(name)
        ? Optional.of(at(object.get(name), name))
        : Optional.empty();
  }

  List<Place> items() {
    List<Place> items = new ArrayList<>();
    for (JsonValue item : (JsonArray) value) {
      items.add(at(item, Integer.toString(items.size())));
    }
    return items;
  }

  /** Returns the places of all fields, or of all items. */
  List<Place> inside() {
    if (value instanceof JsonArray) {
      return items();
    }
    return names().stream().map(this::field).toList();
  }

  Set<String> names() {
    return value instanceof JsonObject object ? object.keySet() : Set.of();
  }

  boolean isReference() {
    return names().contains(REFERENCE);
  }

  /** Returns a text as it is, anything else as JSON. */
  String text() {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  String text(String name) {
    return field(name).text();
  }

  private Place at(JsonValue found, String name) {
    if (found instanceof JsonObject object && object.containsKey(REFERENCE)) {
      String target = object.getString(REFERENCE).substring(1);
      // In a schema a reference may have a description beside it, which changes nothing here.
      return new Place(root, target, ((JsonStructure) root).getValue(target));
    }
    return new Place(root, pointer + "/" + name.replace("~", "~0").replace("/", "~1"), found);
  }
}
