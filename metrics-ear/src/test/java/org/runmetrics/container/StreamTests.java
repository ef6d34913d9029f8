package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Streams of events. */
interface StreamTests extends Server {
  @Test
  default void a_line_that_is_appended_is_pushed_and_a_client_that_was_cut_off_goes_on()
      throws Exception {
    Path events = run("pushed").resolve("events.jsonl");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    String path = "/api/runs/pushed/metrics_step/stream";
    String cursor;
    try (Events stream =
        stream(path, "Accept", "text/event-stream", "Accept-Encoding", "gzip", "Origin", PAGE)) {
      assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
      assertThat(stream.header("Content-Encoding")).isEmpty();
      assertThat(stream.header("Cache-Control")).contains("no-cache");
      assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(stream.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
      cursor = stream.lineWith("id:");
      append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 2}}\n");
      assertThat(stream.lineWith("data: {"))
          .isEqualTo(
              "{\"columns\":[\"global_step\",\"a\"],\"rows\":[{\"global_step\":2,\"a\":2}]}");
    }
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"b\": 3}}\n");
    Files.writeString(events.resolveSibling("status.json"), "{\"status\": \"finished\"}");
    try (Events stream = stream(path, "Last-Event-ID", cursor)) {
      assertThat(stream.lineWith("data: {"))
          .contains("[{\"global_step\":1,\"a\":1,\"b\":3},{\"global_step\":2,\"a\":2}]");
      assertThat(stream.lineWith("data: {")).isEqualTo("{\"status\":\"finished\"}");
    }
    assertThat(get("/api/runs/none/metrics_step/stream").body())
        .isEqualTo("{\"detail\":\"Run not found: none\"}");
    assertThat(get(path + "?cursor=x").statusCode()).isEqualTo(400);
    assertThat(send("HEAD", path).statusCode()).isEqualTo(200);
  }

  @Test
  default void a_run_that_is_over_is_streamed_each_time() throws Exception {
    Path run = run("over");
    append(
        run.resolve("events.jsonl"),
        "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    Files.writeString(run.resolve("status.json"), "{\"status\": \"finished\"}");
    String path = "/api/runs/over/metrics_step";
    String cursor = get(path).headers().firstValue("X-Cursor").orElseThrow();
    String status = "data: {\"status\":\"finished\"}";
    for (int i = 0; i < 100; i++) {
      for (String back : new String[] {"X-Not: back", "Last-Event-ID: " + cursor}) {
        RawRequest request = RawRequest.get(path + "/stream", "Host: localhost", back);
        assertThat(request.answer(base(), status, false))
            .startsWith("HTTP/1.1 200")
            .contains("id: ")
            .endsWith(status);
      }
    }
  }

  @Test
  default void from_the_start_all_rows_are_sent_and_then_what_is_appended() throws Exception {
    Path events = run("begun").resolve("events.jsonl");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1}}\n");
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 2}}\n");
    try (Events stream = stream("/api/runs/begun/metrics_step/stream?cursor=start")) {
      assertThat(stream.lineWith("data: {"))
          .endsWith("\"rows\":[{\"global_step\":1,\"a\":1},{\"global_step\":2,\"a\":2}]}");
      append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 3, \"a\": 3}}\n");
      assertThat(stream.lineWith("data: {")).endsWith("\"rows\":[{\"global_step\":3,\"a\":3}]}");
    }
  }

  @Test
  default void a_client_that_leaves_and_comes_back_quickly_is_always_let_in() throws Exception {
    String path = SMALL + "/metrics_step/stream";
    for (int i = 0; i < 250; i++) {
      // More than the limit, so that the server has to see that the first have gone.
      assertThat(RawRequest.get(path, "Host: localhost").answer(base(), "id: ", i % 2 == 0))
          .startsWith("HTTP/1.1 200");
    }
  }

  /** A server that is asked to stop waits for requests under way. */
  @Test
  @Timeout(60)
  default void requests_of_clients_that_left_are_not_under_way() throws Exception {
    Path events = run("left").resolve("events.jsonl");
    String path = "/api/runs/left/metrics_step/stream";
    append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": 0}}\n");
    for (int i = 0; i < 3; i++) {
      try (Events stream = stream(path)) {
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
      }
    }
    // Clients of other tests are seen to have gone when they are pinged.
    for (int step = 1; !figures().contains("\nrunmetrics_requests_under_way 1.0\n"); step++) {
      append(events, "{\"type\": \"metrics\", \"data\": {\"global_step\": %d}}%n".formatted(step));
    }
  }

  private String figures() throws Exception {
    return get("/api/metrics/prometheus").body();
  }

  @Test
  default void a_run_that_appears_is_pushed() throws Exception {
    try (Events stream = stream("/api/runs/stream")) {
      // The other server may have left a run of that name.
      String alias = "alias " + System.nanoTime();
      Files.writeString(run("appears").resolve("meta.json"), "{\"alias\": \"" + alias + "\"}");
      String run = stream.lineWith("data: {");
      while (!run.contains(alias)) {
        run = stream.lineWith("data: {");
      }
      assertThat(run).contains("\"id\":\"appears\"");
    }
  }

  @Test
  default void many_runs_and_their_list_are_pushed_by_one_stream_that_goes_on() throws Exception {
    Path first = run("many1").resolve("events.jsonl");
    // The other server may have left it.
    Path late = run("späť, ☃");
    Files.delete(late.resolve("status.json"));
    append(first, "{\"type\": \"metrics\", \"data\": {\"global_step\": 1, \"a\": 1, \"b\": 2}}\n");
    String path =
        "/api/v2/series/stream?metrics=a&list=true&runs=many1&runs="
            + URLEncoder.encode("späť\\, ☃", StandardCharsets.UTF_8);
    String id;
    try (Events stream = stream(path + "&cursor=start", "Origin", PAGE)) {
      assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
      assertThat(stream.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
      assertThat(stream.lineWith("data: {\"run\":\"many1\",\"columns\":"))
          .isEqualTo("[\"global_step\",\"a\"],\"rows\":[{\"global_step\":1,\"a\":1}]}");
      append(
          late.resolve("events.jsonl"),
          "{\"type\": \"metrics\", \"data\": {\"global_step\": 5, \"a\": 3}}\n");
      String row = "data: {\"run\":\"späť, ☃\",\"columns\":[\"global_step\",\"a\"],\"rows\":";
      String run = "data: {\"id\":\"späť, ☃\"";
      List<String> heard = new ArrayList<>();
      while (heard.stream().noneMatch(line -> line.startsWith(row))
          || heard.stream().noneMatch(line -> line.startsWith(run))) {
        heard.add(stream.lines().readLine());
      }
      assertThat(heard).contains(row + "[{\"global_step\":5,\"a\":3}]}");
      id =
          heard.stream()
              .filter(line -> line.startsWith("id: "))
              .reduce("", (before, line) -> line.substring(4));
    }
    append(first, "{\"type\": \"metrics\", \"data\": {\"global_step\": 2, \"a\": 4}}\n");
    try (Events stream = stream(path, "Last-Event-ID", id)) {
      assertThat(stream.lineWith("data: {\"run\":\"many1\",\"columns\":"))
          .endsWith("\"rows\":[{\"global_step\":2,\"a\":4}]}");
    }
    assertThat(get("/api/v2/series/stream").statusCode()).isEqualTo(400);
    assertThat(get(path + "&cursor=x").statusCode()).isEqualTo(400);
    assertThat(send("HEAD", path).statusCode()).isEqualTo(200);
  }

  @Test
  @DisabledIfSystemProperty(
      named = "arquillian.launch",
      matches = "liberty",
      disabledReason = "Open Liberty waits in a write that is not to block, on our thread")
  default void clients_that_read_nothing_hold_up_nobody() throws Exception {
    Path events = run("stalled").resolve("events.jsonl");
    append(events, row(0));
    String path = "/api/runs/stalled/metrics_step/stream";
    List<Socket> stalled = new ArrayList<>();
    try (Events stream = stream(path)) {
      for (int i = 0; i < 20; i++) {
        stalled.add(RawRequest.get(path, host()).stalled(base()));
      }
      // In all this is more than the connections of those that read nothing hold.
      int last = 4_000;
      for (int step = 1; step <= last; step += 100) {
        append(
            events,
            IntStream.range(step, step + 100).mapToObj(this::row).collect(Collectors.joining()));
      }
      String rows = stream.lineWith("data: {");
      int next = 1;
      while (next <= last) {
        assertThat(rows).contains("{\"global_step\":" + next + ",");
        Matcher steps = Pattern.compile("\"global_step\":(\\d+),").matcher(rows);
        while (steps.find()) {
          assertThat(steps.group(1)).isEqualTo("" + next);
          next++;
        }
        rows = next <= last ? stream.lineWith("data: {") : "";
      }
      assertThat(get("/api/runs/stalled/metrics_step").body()).contains("\"total\":4001");
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  private String row(int step) {
    return "{\"type\": \"metrics\", \"data\": {\"global_step\": %d, \"text\": \"%s\"}}\n"
        .formatted(step, "x".repeat(1_000));
  }
}
