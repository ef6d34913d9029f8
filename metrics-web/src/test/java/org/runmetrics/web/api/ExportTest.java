package org.runmetrics.web.api;

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

class ExportTest {
  private static final String BY_STEP = "/api/runs/r%201/metrics_step";
  private static final String CSV =
      "global_step,loss,\"a,\"\"b\"\"\",note,ok\r\n"
          + "1,0.5,1,,\r\n"
          + "2,NaN,,\"say \"\"hi\"\", twice\",true\r\n"
          + "3,inf,,\"\",\r\n"
          + "4,-inf,7,plain,\r\n";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun.create(root, "r 1", "running")
        .log(10, "\"global_step\": 1, \"loss\": 0.5, \"a,\\\"b\\\"\": 1")
        .log(
            11,
            "\"global_step\": 2, \"loss\": NaN, \"note\": \"say \\\"hi\\\", twice\", \"ok\": true")
        .log(12, "\"global_step\": 3, \"loss\": Infinity, \"note\": \"\", \"ok\": null")
        .log(
            13, "\"global_step\": 4, \"loss\": -Infinity, \"a,\\\"b\\\"\": 7, \"note\": \"plain\"");
    TestRun.create(root, "empty", "running");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void csv_has_a_header_and_empty_fields_where_nothing_was_logged() {
    HttpResponse<String> response = server.get(BY_STEP + "?format=csv");

    assertThat(response.body()).isEqualTo(CSV);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(response.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"r_1_by_step.csv\"; filename*=UTF-8''r%201_by_step.csv");
    assertThat(response.headers().firstValue("X-Row-Count")).hasValue("4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv|text/csv",
        "text/csv;q=0.9, application/json;q=0.5|text/csv",
        "application/x-ndjson|application/x-ndjson",
        "application/json|application/json",
        "text/html, */*;q=0.8|application/json",
        "*/*|application/json"
      })
  void the_format_is_negotiated_where_none_is_named(String accept, String type) {
    HttpResponse<String> response = server.get(BY_STEP, "Accept", accept);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
    assertThat(server.get(BY_STEP + "?format=csv", "Accept", accept).body()).isEqualTo(CSV);
  }

  @Test
  void json_lines_are_the_rows() {
    String[] lines = server.get(BY_STEP + "?format=jsonl&nonfinite=string").body().split("\n");

    assertThat(lines)
        .containsExactly(
            "{\"global_step\":1,\"loss\":0.5,\"a,\\u0022b\\u0022\":1}".replace("\\u0022", "\\\""),
            "{\"global_step\":2,\"loss\":\"NaN\",\"note\":\"say \\\"hi\\\", twice\",\"ok\":true}",
            "{\"global_step\":3,\"loss\":\"Infinity\",\"note\":\"\",\"ok\":null}",
            "{\"global_step\":4,\"loss\":\"-Infinity\",\"a,\\\"b\\\"\":7,\"note\":\"plain\"}");
  }

  @Test
  void columns_have_null_where_a_row_has_no_value() {
    assertThat(server.get("/api/runs/r%201/metrics?format=columns").body())
        .isEqualTo(
            "{\"columns\":[\"time\",\"loss\",\"a,\\\"b\\\"\"],"
                + "\"data\":{\"time\":[0.0,1.0,2.0,3.0],\"loss\":[0.5,null,null,null],"
                + "\"a,\\\"b\\\"\":[1,null,null,7]},\"total\":4,\"sampled\":4}");
  }

  @Test
  void what_is_behind_a_step_is_exported_alone() {
    assertThat(server.get(BY_STEP + "?format=csv&since_step=3").body())
        .isEqualTo("global_step,loss,\"a,\"\"b\"\"\",note,ok\r\n4,-inf,7,plain,\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "csv|''",
        "jsonl|''",
        "columns|'{\"columns\":[],\"data\":{},\"total\":0,\"sampled\":0}'"
      })
  void a_run_without_metrics_is_exported_too(String format, String body) {
    HttpResponse<String> response = server.get("/api/runs/empty/metrics_step?format=" + format);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(body);
  }

  @Test
  void other_formats_and_types_are_refused() {
    assertThat(server.get(BY_STEP + "?format=xml").body())
        .isEqualTo("{\"detail\":\"format must be json, csv, jsonl or columns, not xml\"}");
    assertThat(server.get(BY_STEP, "Accept", "application/xml").statusCode()).isEqualTo(406);
  }
}
