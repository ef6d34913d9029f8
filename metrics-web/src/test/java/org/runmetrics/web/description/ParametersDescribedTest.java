package org.runmetrics.web.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runmetrics.demo.DemoStorage;
import org.runmetrics.parameter.KnownNames;
import org.runmetrics.web.TestServer;

/** The parameters that are described are those that the server knows, with what it allows. */
class ParametersDescribedTest {
  private static final DescribedApi API = DescribedApi.read();
  private static final Pattern KNOWN = Pattern.compile(".*Known are (.*)");

  /** Headers that a request may have which ask for another answer. */
  private static final Map<String, String> HEADERS_OF_STATUS = Map.of("206", "Range");

  private static Optional<DemoStorage> storage = Optional.empty();
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    DemoStorage demo = DemoStorage.start();
    storage = Optional.of(demo);
    server = Optional.of(TestServer.of(demo.path()));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
    storage.ifPresent(DemoStorage::close);
  }

  static Stream<DescribedOperation> requests() {
    return API.requests();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void the_server_knows_those_that_are_described(DescribedOperation operation) {
    HttpResponse<String> refused = get(operation.requestWith("no_such_parameter=1"));

    assertThat(refused.statusCode()).isEqualTo(400);
    String detail = TestServer.parse(refused.body()).asJsonObject().getString("detail");
    Matcher known = KNOWN.matcher(detail);
    Set<String> names =
        known.matches() ? new TreeSet<>(List.of(known.group(1).split(", | and ", -1))) : Set.of();
    assertThat(operation.queryParameters().map(DescribedParameter::name))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  /** The socket is another module's, of which this one knows nothing but at run time. */
  @Test
  void the_socket_knows_those_that_are_described() throws ReflectiveOperationException {
    Field known = Class.forName("org.runmetrics.ws.LogQuery").getDeclaredField("KNOWN");
    known.setAccessible(true);
    DescribedOperation socket =
        API.operations()
            .filter(operation -> operation.path().equals(DescribedApi.SOCKET))
            .findFirst()
            .orElseThrow();

    assertThat(socket.queryParameters().map(DescribedParameter::name))
        .containsExactlyElementsOf(((KnownNames) known.get(null)).names());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void each_example_is_accepted(DescribedOperation operation) {
    for (DescribedParameter parameter : operation.queryParameters().toList()) {
      String request = operation.request(Stream.of(parameter));
      assertThat(status(operation, request)).as(request).isEqualTo(200);
    }
    String request = operation.request(operation.queryParameters());
    assertThat(status(operation, request)).as(request).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void each_header_is_accepted(DescribedOperation operation) {
    for (DescribedParameter parameter : operation.parameters()) {
      if (parameter.in().equals("header")) {
        String status =
            HEADERS_OF_STATUS.entrySet().stream()
                .filter(header -> header.getValue().equals(parameter.name()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("200");
        assertThat(
                status(
                    operation,
                    operation.request(Stream.empty()),
                    parameter.name(),
                    parameter.text()))
            .as(parameter.name())
            .isEqualTo(Integer.parseInt(status));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void each_value_that_is_allowed_is_accepted_and_no_other(DescribedOperation operation) {
    for (DescribedParameter parameter : operation.queryParameters().toList()) {
      allowed(parameter)
          .forEach(
              value ->
                  assertThat(status(operation, replaced(operation, parameter, value)))
                      .as("%s=%s", parameter, value)
                      .isEqualTo(200));
      refused(parameter)
          .forEach(
              (value, status) ->
                  assertThat(status(operation, replaced(operation, parameter, value)))
                      .as("%s=%s", parameter, value)
                      .isEqualTo(status));
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_default_is_what_is_answered_without_the_parameter(DescribedOperation operation) {
    for (DescribedParameter parameter : operation.queryParameters().toList()) {
      Optional<Place> byDefault = parameter.schema().optional("default");
      Optional<String> tag =
          operation.isStream() ? Optional.empty() : tag(operation.request(Stream.empty()));
      if (byDefault.isPresent() && tag.isPresent()) {
        assertThat(tag(operation.requestWith(parameter.query(byDefault.get().text()))))
            .as("%s by default", parameter)
            .isEqualTo(tag);
      }
    }
  }

  @Test
  void an_example_is_as_its_schema_says() {
    API.operations()
        .flatMap(operation -> operation.parameters().stream())
        .forEach(
            parameter ->
                assertThat(
                        API.faults(
                            parameter.schema(),
                            parameter.place().field("example").value().toString()))
                    .as(parameter.name())
                    .isEmpty());
  }

  private static Stream<String> allowed(DescribedParameter parameter) {
    Place schema = parameter.schema();
    Stream<String> words =
        schema.optional("enum").stream().flatMap(list -> list.items().stream()).map(Place::text);
    Stream<String> ends =
        Stream.of("minimum", "maximum")
            .flatMap(end -> parameter.number(end).stream())
            .map(String::valueOf);
    Stream<String> flags =
        schema.text("type").equals("boolean") ? Stream.of("true", "false") : Stream.empty();
    return Stream.of(words, ends, flags).flatMap(values -> values);
  }

  /** Returns values that are not allowed, and how they are refused. */
  private static Map<String, Integer> refused(DescribedParameter parameter) {
    Place schema = parameter.schema();
    if (schema.optional("enum").isPresent() || schema.optional("pattern").isPresent()) {
      return Map.of("no_such_word", 400);
    }
    return switch (schema.text("type")) {
      case "boolean" -> Map.of("maybe", 400);
      case "number" -> Map.of("many", 400);
      case "integer" ->
          parameter.number("maximum").isEmpty()
              ? Map.of("many", 400)
              : Map.of(
                  Long.toString(parameter.number("maximum").get() + 1),
                  422,
                  Long.toString(parameter.number("minimum").orElseThrow() - 1),
                  422);
      default -> Map.of();
    };
  }

  /** Returns a request with what must be there, and a value of a parameter that may be of these. */
  private static String replaced(
      DescribedOperation operation, DescribedParameter parameter, String value) {
    return operation.request(
        Stream.concat(
                operation
                    .queryParameters()
                    .filter(it -> it.isRequired() && !it.name().equals(parameter.name()))
                    .map(DescribedParameter::query),
                Stream.of(parameter.query(value)))
            .collect(Collectors.joining("&")));
  }

  private static Optional<String> tag(String request) {
    return get(request).headers().firstValue("ETag");
  }

  private static HttpResponse<String> get(String request) {
    return server.orElseThrow().get(request);
  }

  /** Asks for an answer, and waits for no more than its status. */
  private static int status(DescribedOperation operation, String path, String... headers) {
    if (!operation.isStream()) {
      return server.orElseThrow().get(path, headers).statusCode();
    }
    // Without a run a stream of many is only one of the list.
    String request = path.contains("list=false") ? path + "&runs=any" : path;
    if (operation.path().contains("series") && !request.contains("runs=")) {
      request += request.contains("list=true") ? "" : "&list=true";
    }
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.orElseThrow().port() + request));
    if (headers.length > 0) {
      asked.headers(headers);
    }
    try {
      HttpResponse<InputStream> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(asked.build(), HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new AssertionError(request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
