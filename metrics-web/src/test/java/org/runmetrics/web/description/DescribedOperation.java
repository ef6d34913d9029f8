package org.runmetrics.web.description;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One operation of the description.
 *
 * @param path its path, with names in braces
 * @param place where it is described
 */
record DescribedOperation(String path, Place place) {
  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream";

  List<DescribedParameter> parameters() {
    return place.optional("parameters").stream()
        .flatMap(list -> list.items().stream())
        .map(DescribedParameter::new)
        .toList();
  }

  Stream<DescribedParameter> queryParameters() {
    return parameters().stream().filter(parameter -> parameter.in().equals("query"));
  }

  /** Returns the path with the examples in it. */
  String address() {
    return address("run_id", Optional.empty());
  }

  /** Returns the path with the examples in it, and another value for one of them. */
  String address(String name, Optional<String> value) {
    String address = path;
    for (DescribedParameter parameter : parameters()) {
      if (parameter.in().equals("path")) {
        String shown =
            parameter.name().equals(name) ? value.orElse(parameter.text()) : parameter.text();
        address = address.replace("{" + parameter.name() + "}", shown);
      }
    }
    return address;
  }

  /** Returns a request with the examples of those parameters that must be there, and of others. */
  String request(Stream<DescribedParameter> others) {
    return request(
        Stream.concat(queryParameters().filter(DescribedParameter::isRequired), others)
            .distinct()
            .map(DescribedParameter::query)
            .collect(Collectors.joining("&")));
  }

  /** Returns a request with a query. */
  String request(String query) {
    return address() + "?" + query;
  }

  /** Returns a request with nothing but what must be there, and one more text in its query. */
  String requestWith(String more) {
    String least = request(Stream.empty());
    return least + (least.endsWith("?") ? "" : "&") + more;
  }

  /** Returns a request with what must be there, about a run, which has a picture a.png. */
  String requestAbout(String run) {
    String path = address("run_id", Optional.of(run)).replace("sample_100.png", "a.png");
    String query =
        queryParameters()
            .filter(it -> it.isRequired() || (isStream() && it.name().equals("runs")))
            .map(it -> it.query(it.name().equals("runs") ? run : it.text()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  Set<String> statuses() {
    return place.field("responses").names();
  }

  Place response(String status) {
    return place.field("responses").field(status);
  }

  /** Returns what is described of an answer's content of a type. */
  Optional<Place> content(String status, String type) {
    return response(status).optional("content").flatMap(content -> content.optional(type));
  }

  /** Returns whether it needs no token where others do. */
  boolean isOpen() {
    return place.optional("security").isPresent();
  }

  boolean isStream() {
    return content("200", EVENTS).isPresent();
  }

  @Override
  public String toString() {
    return place.text("operationId");
  }
}
