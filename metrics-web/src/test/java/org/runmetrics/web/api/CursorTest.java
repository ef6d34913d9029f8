package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class CursorTest {
  private static final String STEPS = "/api/runs/r1/metrics_step";
  private static final String TIMES = "/api/runs/r1/metrics";
  private static final int ROWS = 2000;

  @TempDir Path root;
  private TestServer server;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run = TestRun.create(root, "r1", "running");
    StringBuilder lines = new StringBuilder();
    for (int step = 0; step < ROWS; step++) {
      lines.append(line(step, step));
    }
    run.append(lines.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {STEPS, TIMES})
  void an_unchanged_run_has_no_rows_behind_its_cursor_and_the_same_columns(String view) {
    HttpResponse<String> all = server.get(view);

    HttpResponse<String> response = server.get(view + "?cursor=" + cursor(all));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            all.body().substring(0, all.body().indexOf("\"rows\""))
                + "\"rows\":[],\"total\":0,\"sampled\":0}");
    assertThat(cursor(response)).isEqualTo(cursor(all));
    assertNotReset(response);
  }

  @Test
  void whole_rows_that_later_events_touched_are_answered_and_older_steps_among_them() {
    String cursor = cursor(server.get(STEPS));
    run.log(1, "\"global_step\": 7, \"val\": 0.5").log(2, "\"global_step\": 5000, \"loss\": 8")
        .log(3, "\"global_step\": 7, \"val\": 0.25").log(4, "\"no_step\": 1");

    HttpResponse<String> response = server.get(STEPS + "?cursor=" + cursor);

    assertThat(response.body())
        .isEqualTo(
            "{\"columns\":[\"global_step\",\"loss\",\"val\"],\"rows\":["
                + "{\"global_step\":7,\"loss\":7,\"val\":0.25},{\"global_step\":5000,\"loss\":8}],"
                + "\"total\":2,\"sampled\":2}");
    assertNotReset(response);
    assertThat(server.object(STEPS + "?cursor=" + cursor(response)).getInt("total")).isZero();
  }

  @Test
  void by_time_an_event_earlier_than_all_moves_all_rows() {
    String cursor = cursor(server.get(TIMES));
    run.log(999, "\"loss\": 1");

    HttpResponse<String> response = server.get(TIMES + "?cursor=" + cursor);

    assertThat(response.body()).isEqualTo(server.get(TIMES).body());
    assertReset(response);
    assertNotReset(server.get(STEPS + "?cursor=" + cursor));
  }

  @Test
  void a_cursor_is_the_same_for_both_views() {
    assertThat(cursor(server.get(TIMES))).isEqualTo(cursor(server.get(STEPS + "?downsample=100")));
  }

  @Test
  void a_cursor_outlives_a_restart() throws IOException {
    String cursor = cursor(server.get(STEPS));
    server.close();
    run.append(line(ROWS, ROWS));
    server = TestServer.of(root);

    HttpResponse<String> response = server.get(STEPS + "?cursor=" + cursor);

    assertThat(steps(response)).containsExactly(ROWS);
    assertNotReset(response);
  }

  @Test
  void a_half_line_is_new_when_it_has_ended() {
    String line = line(ROWS, ROWS);
    run.append(line.substring(0, 30));
    String cursor = cursor(server.get(STEPS));
    assertThat(steps(server.get(STEPS + "?cursor=" + cursor))).isEmpty();
    run.append(line.substring(30, 40));
    HttpResponse<String> still = server.get(STEPS + "?cursor=" + cursor);
    assertThat(steps(still)).isEmpty();
    assertNotReset(still);
    run.append(line.substring(40));

    assertThat(steps(server.get(STEPS + "?cursor=" + cursor))).containsExactly(ROWS);
    assertThat(steps(server.get(STEPS + "?cursor=" + cursor(still)))).containsExactly(ROWS);
  }

  @Test
  void a_last_line_without_a_line_feed_that_turns_into_another_is_not_skipped() {
    run.write("status.json", "{\"status\": \"finished\"}").append(line(ROWS, ROWS).strip());
    HttpResponse<String> finished = server.get(STEPS);
    assertThat(steps(finished)).hasSize(ROWS + 1);
    assertThat(steps(server.get(STEPS + "?cursor=" + cursor(finished)))).isEmpty();
    run.append("}\n" + line(ROWS + 1, 0));

    HttpResponse<String> response = server.get(STEPS + "?cursor=" + cursor(finished));

    assertThat(response.body()).isEqualTo(server.get(STEPS).body());
    assertThat(steps(response)).hasSize(ROWS + 1).contains(ROWS + 1).doesNotContain(ROWS);
    assertReset(response);
  }

  @Test
  void a_file_that_was_cut_is_answered_whole() throws IOException {
    String cursor = cursor(server.get(STEPS));
    run.write("events.jsonl", line(1, 1) + line(2, 2));

    assertWhole(server.get(STEPS + "?cursor=" + cursor), 1, 2);
  }

  @Test
  void a_file_that_was_replaced_by_a_longer_one_of_the_same_beginning_is_answered_whole()
      throws IOException {
    String cursor = cursor(server.get(STEPS));
    Path copy = Files.copy(events(), run.directory().resolve("copy"));
    Files.writeString(copy, Files.readString(copy) + line(ROWS, ROWS));
    Files.move(copy, events(), StandardCopyOption.REPLACE_EXISTING);

    assertWhole(server.get(STEPS + "?cursor=" + cursor), IntStream.rangeClosed(0, ROWS).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, ROWS - 1})
  void a_file_whose_read_head_or_tail_changed_is_answered_whole(int step) throws IOException {
    String cursor = cursor(server.get(STEPS));
    String text = Files.readString(events());
    run.write("events.jsonl", text.replace(line(step, step), line(step, 9)) + line(ROWS, ROWS));

    assertWhole(server.get(STEPS + "?cursor=" + cursor), IntStream.rangeClosed(0, ROWS).toArray());
  }

  @Test
  void a_cursor_of_another_run_is_answered_with_all_rows() {
    TestRun.create(root, "r2", "running").append(line(1, 1)).append(line(2, 2));
    String cursor = cursor(server.get("/api/runs/r2/metrics_step"));

    assertWhole(server.get(STEPS + "?cursor=" + cursor), IntStream.range(0, ROWS).toArray());
  }

  @Test
  void a_run_without_events_has_a_cursor_too() throws IOException {
    Files.delete(events());
    HttpResponse<String> none = server.get(STEPS);
    assertThat(none.body()).isEqualTo("{\"columns\":[],\"rows\":[],\"total\":0,\"sampled\":0}");
    run.append(line(3, 3));

    HttpResponse<String> response = server.get(STEPS + "?cursor=" + cursor(none));
    assertThat(steps(response)).containsExactly(3);
    assertNotReset(response);

    Files.delete(events());
    assertWhole(server.get(STEPS + "?cursor=" + cursor(response)));
  }

  @Test
  void what_is_new_is_cut_and_sampled_as_all_rows_are() {
    String cursor = cursor(server.get(STEPS));
    StringBuilder lines = new StringBuilder(line(3, 3));
    for (int step = ROWS; step < 2 * ROWS; step++) {
      lines.append(line(step, step == 3333 ? 1_000_000 : step % 10));
    }
    run.append(lines.toString());

    JsonObject news = server.object(STEPS + "?cursor=" + cursor + "&downsample=100");
    assertThat(news.getInt("total")).isEqualTo(ROWS + 1);
    assertThat(news.getInt("sampled")).isBetween(50, 100);
    assertThat(news.getJsonArray("rows").getValuesAs(JsonObject.class))
        .anyMatch(row -> row.getInt("loss") == 1_000_000);
    assertThat(steps(server.get(STEPS + "?cursor=" + cursor + "&since_step=" + (2 * ROWS - 3))))
        .containsExactly(2 * ROWS - 2, 2 * ROWS - 1);
    assertThat(steps(server.get(STEPS + "?since_step=1998&cursor=" + cursor)))
        .hasSize(ROWS)
        .doesNotContain(3, 1999);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "-", "%20", "AQEAAAAAAAAAAAAAAAAAAAAA", "null"})
  void a_cursor_that_is_none_is_named_with_what_is_allowed(String cursor) {
    for (String view : List.of(STEPS, TIMES)) {
      HttpResponse<String> response = server.get(view + "?cursor=" + cursor);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(TestServer.parse(response.body()).asJsonObject().getString("detail"))
          .isEqualTo("cursor must be the X-Cursor of an answer, not " + cursor.replace("%20", " "));
    }
  }

  private Path events() {
    return run.directory().resolve("events.jsonl");
  }

  private static String line(int step, int loss) {
    return "{\"ts\": %d, \"type\": \"metrics\", \"data\": {\"global_step\": %d, \"loss\": %d}}\n"
        .formatted(1000 + step, step, loss);
  }

  private static String cursor(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return response.headers().firstValue("X-Cursor").orElseThrow();
  }

  private static List<Integer> steps(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return TestServer.parse(response.body())
        .asJsonObject()
        .getJsonArray("rows")
        .getValuesAs(row -> row.asJsonObject().getInt("global_step"));
  }

  private static void assertWhole(HttpResponse<String> response, int... steps) {
    assertThat(steps(response)).containsExactlyElementsOf(IntStream.of(steps).boxed().toList());
    assertReset(response);
  }

  private static void assertReset(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("X-Reset")).hasValue("true");
  }

  private static void assertNotReset(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("X-Reset")).isEmpty();
  }
}
