package org.runmetrics.web.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runmetrics.demo.DemoStorage;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;
import org.runmetrics.web.stream.EventClient;

/** What the server answers is as it is described, with nothing that is not described. */
@Timeout(120)
class AnswersDescribedTest {
  private static final DescribedApi API = DescribedApi.read();

  /** Headers that the description speaks of once for all, or that are those of HTTP itself. */
  private static final Set<String> OF_ALL =
      Set.of(
          "content-type",
          "content-length",
          "transfer-encoding",
          "connection",
          "date",
          "cache-control",
          "server",
          "vary",
          "x-request-id",
          "content-encoding",
          "expires",
          "cross-origin-resource-policy");

  private static Optional<DemoStorage> storage = Optional.empty();
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    DemoStorage demo = DemoStorage.start();
    storage = Optional.of(demo);
    TestRun.create(demo.path(), "odd", "running")
        .log(1, "\"global_step\": 1, \"a\": NaN, \"b\": true, \"stage\": \"train\"")
        .append("Traceback\n{\"ts\": 2, \"type\": \"image\", \"data\": {}}\n");
    server = Optional.of(TestServer.of(demo.path(), Map.of()));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
    storage.ifPresent(DemoStorage::close);
  }

  static Stream<DescribedOperation> requests() {
    return API.requests().filter(operation -> !operation.isStream());
  }

  static Stream<DescribedOperation> streams() {
    return API.requests().filter(DescribedOperation::isStream);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void an_answer_with_what_must_be_asked_is_as_described(DescribedOperation operation) {
    check(operation, "200", get(operation.request(Stream.empty())));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void an_answer_with_all_examples_is_as_described(DescribedOperation operation) {
    check(operation, "200", get(operation.request(operation.queryParameters())));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void an_answer_about_a_run_of_few_and_odd_values_is_as_described(DescribedOperation operation) {
    boolean ofFile = operation.path().matches(".*/(media/.*|logs/file)");
    Stream<String> request =
        ofFile
            ? Stream.empty()
            : Stream.of(operation.address("run_id", Optional.of("odd")) + "?" + others(operation));
    request.forEach(it -> check(operation, "200", get(it)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void what_the_client_has_already_is_answered_as_described(DescribedOperation operation) {
    if (operation.statuses().contains("304")) {
      String request = operation.request(Stream.empty());
      HttpResponse<String> known = get(request);
      // One of the runs trains: what was sent a moment ago may have another tag by now.
      while (known.statusCode() == 200) {
        known = get(request, "If-None-Match", known.headers().firstValue("ETag").orElseThrow());
      }
      assertThat(known.body()).isEmpty();
      check(operation, "304", known);
    } else {
      assertThat(get(operation.request(Stream.empty())).headers().firstValue("ETag")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_part_is_answered_as_described(DescribedOperation operation) {
    HttpResponse<String> answer = get(operation.request(Stream.empty()), "Range", "bytes=0-4");
    check(operation, operation.statuses().contains("206") ? "206" : "200", answer);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void each_type_that_is_described_can_be_had(DescribedOperation operation) {
    if (operation.path().contains("{file}")) {
      return; // Which file it is decides there.
    }
    for (String type : operation.response("200").field("content").names()) {
      HttpResponse<String> answer = get(operation.request(Stream.empty()), "Accept", type);
      assertThat(type(answer)).isEqualTo(type);
      check(operation, "200", answer);
    }
  }

  @Test
  void each_layout_of_rows_is_as_described() {
    DescribedOperation rows =
        requests().filter(it -> it.path().endsWith("/metrics_step")).findFirst().orElseThrow();
    for (String format : List.of("json", "csv", "jsonl", "columns")) {
      for (String missing : List.of("absent", "null")) {
        String query = "?nonfinite=string&format=" + format + "&missing=" + missing;
        check(rows, "200", get(rows.address("run_id", Optional.of("odd")) + query));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void events_are_as_described(DescribedOperation operation) throws InterruptedException {
    Place events =
        operation.content("200", DescribedOperation.EVENTS).orElseThrow().field("x-events");
    Set<String> awaited =
        operation.path().equals("/api/runs/stream")
            ? Set.of("run", "removed")
            : operation.queryParameters().anyMatch(it -> it.name().equals("list"))
                ? Set.of("rows", "status", "reset", "run", "removed")
                : Set.of("rows", "status", "reset");
    assertThat(events.names()).isEqualTo(awaited);
    String id = operation.toString();
    TestRun run =
        TestRun.create(demo(), id, "running")
            .log(1, "\"global_step\": 1, \"a\": 1")
            .log(2, "\"global_step\": 2, \"a\": 2");
    String path = operation.address("run_id", Optional.of(id));
    String query =
        operation.queryParameters().anyMatch(it -> it.name().equals("list"))
            ? "?runs=" + id + "&list=true&cursor=start"
            : awaited.contains("rows") ? "?cursor=start" : "";
    try (EventClient client = EventClient.open(server.orElseThrow(), path + query)) {
      Set<String> seen = new HashSet<>();
      if (awaited.contains("rows")) {
        seen.addAll(eventsUntil("rows", client, events));
        run.write("events.jsonl", "{\"type\": \"metrics\", \"data\": {\"step\": 9}}\n");
        seen.addAll(eventsUntil("reset", client, events));
        run.write("status.json", "{\"status\": \"finished\"}");
        seen.addAll(eventsUntil("status", client, events));
      }
      if (awaited.contains("run")) {
        run.write("meta.json", "{\"alias\": \"a\"}");
        TestRun.create(demo(), "other_" + id, "running");
        seen.addAll(eventsUntil("run", client, events));
        TestRun.create(demo(), "other_" + id, "running").write(".deleted", "");
        seen.addAll(eventsUntil("removed", client, events));
      }
      assertThat(seen).isEqualTo(awaited);
    } finally {
      run.write(".deleted", "");
    }
  }

  private static Set<String> eventsUntil(String name, EventClient client, Place events)
      throws InterruptedException {
    Set<String> seen = new HashSet<>();
    while (!seen.contains(name)) {
      EventClient.Event event = client.next();
      assertThat(events.names()).contains(event.name());
      assertThat(API.faults(events.field(event.name()), event.data())).as("%s", event).isEmpty();
      seen.add(event.name());
    }
    return seen;
  }

  private static void check(
      DescribedOperation operation, String status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(Integer.parseInt(status));
    if (!answer.body().isEmpty()) {
      Place content = operation.content(status, type(answer)).orElseThrow();
      if (type(answer).equals(DescribedOperation.JSON)) {
        assertThat(API.faults(content.field("schema"), answer.body())).as(answer.body()).isEmpty();
      }
    }
    checkHeaders(operation.response(status), answer);
  }

  static void checkHeaders(Place response, HttpResponse<String> answer) {
    Map<String, Place> described =
        response.optional("headers").stream()
            .flatMap(headers -> headers.names().stream())
            .collect(
                Collectors.toMap(
                    name -> name.toLowerCase(Locale.ROOT),
                    name -> response.field("headers").field(name)));
    Set<String> told =
        answer.headers().map().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !OF_ALL.contains(name))
            .collect(Collectors.toSet());
    assertThat(described.keySet()).containsAll(told);
    described.forEach(
        (name, header) -> {
          if (header.optional("required").isPresent()) {
            assertThat(told).contains(name);
          }
        });
  }

  /** Returns what must be asked, of the odd run. */
  private static String others(DescribedOperation operation) {
    return operation
        .queryParameters()
        .filter(DescribedParameter::isRequired)
        .map(it -> it.query(it.name().equals("runs") ? "odd" : it.text()))
        .collect(Collectors.joining("&"));
  }

  private static String type(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
  }

  private static java.nio.file.Path demo() {
    return storage.orElseThrow().path();
  }

  private static HttpResponse<String> get(String request, String... headers) {
    return server.orElseThrow().get(request, headers);
  }
}
