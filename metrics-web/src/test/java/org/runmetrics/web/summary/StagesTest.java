package org.runmetrics.web.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class StagesTest {
  private static final String STAGES = "/api/v2/stages";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun.create(root, "r1", "running")
        .log(1000, "\"global_step\": 1, \"loss\": 3, \"stage\": \"warmup\"")
        .log(1001, "\"global_step\": 2, \"loss\": 2, \"stage\": \"warmup\"")
        .log(1002, "\"global_step\": 2, \"val_loss\": 2")
        .log(1003.5, "\"global_step\": 3, \"loss\": 1, \"stage\": \"train\", \"phase\": \"late\"");
    TestRun.create(root, "plain", "finished").log(1, "\"global_step\": 1, \"loss\": 1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_stage_has_its_first_and_its_last_step() {
    assertThat(body("?runs=r1,plain,none"))
        .isEqualTo(
            "{\"stages\":["
                + "{\"run\":\"r1\",\"stage\":\"warmup\",\"from\":1,\"to\":2,\"events\":2},"
                + "{\"run\":\"r1\",\"stage\":\"train\",\"from\":3,\"to\":3,\"events\":1}],"
                + "\"truncated\":[],\"missing\":{\"runs\":[\"none\"]}}");
  }

  @Test
  void stages_lie_on_the_axes_of_the_curves() {
    assertThat(body("?runs=r1&axis=time"))
        .contains("\"from\":1000.0,\"to\":1001.0", "\"from\":1003.5,\"to\":1003.5");
    assertThat(body("?runs=r1&axis=relative"))
        .contains("\"from\":0.0,\"to\":1.0", "\"from\":3.5,\"to\":3.5");
  }

  @Test
  void a_run_that_went_back_to_a_checkpoint_tells_its_stages_as_they_were_logged() {
    TestRun.create(root, "again", "finished")
        .log(1, "\"global_step\": 10, \"stage\": \"train\"")
        .log(2, "\"global_step\": 20, \"stage\": \"eval\"")
        .log(3, "\"global_step\": 10, \"stage\": \"train\"");

    assertThat(body("?runs=again"))
        .contains(
            "\"stage\":\"train\",\"from\":10,\"to\":10",
            "\"stage\":\"eval\",\"from\":20,\"to\":20",
            "\"stage\":\"train\",\"from\":10,\"to\":10,\"events\":1}]");
  }

  @Test
  void any_text_can_be_the_stage_and_numbers_are_none() {
    assertThat(body("?runs=r1&metric=phase")).contains("\"stage\":\"late\",\"from\":3,\"to\":3");
    assertThat(body("?runs=r1&metric=loss")).startsWith("{\"stages\":[]");
    assertThat(body("?runs=r1&metric=nix")).startsWith("{\"stages\":[]");
  }

  @Test
  void more_stages_than_anybody_tells_apart_are_cut_off_and_that_is_said() {
    TestRun run = TestRun.create(root, "flicker", "finished");
    for (int step = 0; step < 1_002; step++) {
      run.log(step, "\"global_step\": %d, \"stage\": \"%s\"".formatted(step, step % 2));
    }

    assertThat(body("?runs=flicker"))
        .contains("\"from\":999,\"to\":999", "\"truncated\":[\"flicker\"]")
        .doesNotContain("\"from\":1000");
  }

  @Test
  void the_answer_keeps_its_tag_until_a_line_is_added() {
    HttpResponse<String> first = server.get(STAGES + "?runs=r1");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    assertThat(server.get(STAGES + "?runs=r1", "If-None-Match", tag).statusCode()).isEqualTo(304);

    TestRun.create(root, "r1", "running").log(1004, "\"global_step\": 5, \"stage\": \"eval\"");
    assertThat(server.get(STAGES + "?runs=r1", "If-None-Match", tag).body()).contains("eval");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | runs must be one or more run ids",
        "?runs=r1&axis=epoch  | axis must be step, time or relative",
        "?runs=r1&metrics=a   | metrics",
      })
  void what_cannot_be_read_is_said(String query, String said) {
    HttpResponse<String> answer = server.get(STAGES + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(said);
  }

  private String body(String query) {
    return server.get(STAGES + query).body();
  }
}
