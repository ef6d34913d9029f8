package org.runmetrics.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class LogTest {
  private static final String LOG = "/api/runs/r1/logs";

  @TempDir Path root;
  private TestServer server;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run = TestRun.create(root, "r1", "running");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_window_tells_rows_lines_and_where_to_go_on() {
    run.write(
        "logs.txt",
        "one\n\n\r 1%|#  | 1/9\r 2%|#  | 2/9\n<img> \u001B[31mred\u001B[0m\u001B[K\nfive");
    assertThat(server.get(LOG + "?row=1&rows=2").body())
        .isEqualTo(
            "{\"row\":1,\"total\":3,\"counted\":true,\"lines\":["
                + "{\"line\":3,\"text\":\" 2%|#  | 2/9\"},"
                + "{\"line\":4,\"text\":\"<img> \\u001b[31mred\\u001b[0m\"}],"
                + "\"offset\":54,\"size\":58}");
  }

  @Test
  void by_default_the_last_rows_are_answered() {
    run.write("logs.txt", "line\n".repeat(300));
    JsonObject last = server.object(LOG);
    assertThat(last.getInt("row")).isEqualTo(100);
    assertThat(last.getJsonArray("lines")).hasSize(200);
    assertThat(server.object(LOG + "?row=-5").getJsonArray("lines")).hasSize(5);
    assertThat(server.object(LOG + "?row=-5&rows=2").getInt("row")).isEqualTo(295);
    assertThat(server.object(LOG + "?row=-9999&rows=2").getInt("row")).isZero();
  }

  @Test
  void where_nothing_is_there_is_nothing() {
    String nothing =
        "{\"row\":0,\"total\":0,\"counted\":true,\"lines\":[],\"offset\":0,\"size\":0}";
    assertThat(server.get(LOG).body()).isEqualTo(nothing);
    assertThat(server.get(LOG + "/search?q=a").body())
        .isEqualTo("{\"matches\":[],\"count\":0,\"complete\":true}");
    assertThat(server.get(LOG + "/file").statusCode()).isEqualTo(404);
    run.write("logs.txt", "");
    assertThat(server.get(LOG).body()).isEqualTo(nothing);
    assertThat(server.get(LOG + "/file").body()).isEmpty();
    run.write("logs.txt", "one\ntwo\n");
    assertThat(server.get(LOG + "?row=9223372036854775807").body())
        .isEqualTo("{\"row\":2,\"total\":2,\"counted\":true,\"lines\":[],\"offset\":8,\"size\":8}");
    assertThat(server.object(LOG + "?row=-9223372036854775808").getInt("row")).isZero();
  }

  @Test
  void the_last_line_without_an_end_is_a_row_once_the_run_has_ended() {
    run.write("logs.txt", "one\ntwo");
    assertThat(server.object(LOG).getInt("total")).isEqualTo(1);
    run.write("status.json", "{\"status\": \"finished\"}");
    assertThat(server.object(LOG).getInt("total")).isEqualTo(2);
  }

  @Test
  void a_client_that_has_an_answer_gets_no_other() {
    run.write("logs.txt", "one\n");
    for (String path : List.of(LOG, LOG + "/search?q=o", LOG + "/file")) {
      HttpResponse<String> first = server.get(path);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(server.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
      HttpResponse<String> head = server.send("HEAD", path);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("ETag")).contains(tag);
      assertThat(head.headers().firstValue("Content-Length"))
          .isEqualTo(first.headers().firstValue("Content-Length"));
    }
    String tag = server.get(LOG).headers().firstValue("ETag").orElseThrow();
    run.write("logs.txt", "two\ntwo\n");
    assertThat(server.get(LOG, "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void a_search_tells_rows_and_places() {
    run.write("logs.txt", "loss 1\nx\n\u001B[31mLoss\u001B[0m loss\n");
    assertThat(server.get(LOG + "/search?q=loss").body())
        .isEqualTo(
            "{\"matches\":[{\"row\":0,\"line\":1,\"text\":\"loss 1\",\"at\":[[0,4]]},"
                + "{\"row\":2,\"line\":3,\"text\":\"\\u001b[31mLoss\\u001b[0m loss\","
                + "\"at\":[[0,4],[5,9]]}],\"count\":2,\"complete\":true}");
    JsonObject found = server.object(LOG + "/search?q=%5EL..s&regex=true&case=true&limit=1");
    assertThat(found.getJsonArray("matches")).hasSize(1);
    assertThat(found.getInt("count")).isEqualTo(1);
    assertThat(server.object(LOG + "/search?q=loss&row=1").getJsonArray("matches")).hasSize(1);
    assertThat(server.object(LOG + "/search?q=loss&row=1").getInt("count")).isEqualTo(2);
  }

  @Test
  void wrong_parameters_are_told() {
    run.write("logs.txt", "one\n");
    refuses("?rows=2001", 422, "rows must be an integer from 1 to 2000, not 2001");
    refuses("?rows=0", 422, "rows must be an integer from 1 to 2000, not 0");
    refuses("?row=x", 400, "row must be an integer of 64 bits, not x");
    refuses("?from=1", 400, "Unknown parameter from");
    refuses("/search", 400, "q must be a text of 1 to 1000 characters, not 0");
    refuses("/search?q=" + "x".repeat(1001), 400, "not 1001");
    refuses("/search?q=(&regex=true", 400, "q must be a regular expression, not (: ");
    refuses("/search?q=a&row=-1", 400, "row must be the number of a row, from 0, not -1");
    refuses("/search?q=a&limit=1001", 422, "limit must be an integer from 1 to 1000");
    refuses("/search?q=a&case=yes", 400, "case must be true or false, not yes");
    refuses("/file?row=1", 400, "Unknown parameter row");
    HttpResponse<String> unknown = server.get("/api/runs/r2/logs");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("{\"detail\":\"Run not found: r2\"}");
  }

  private void refuses(String query, int status, String detail) {
    HttpResponse<String> answer = server.get(LOG + query);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(detail);
  }

  @Test
  void the_file_is_a_download() {
    String text = "é\r\n\u001B[31mtwo".repeat(20_000);
    run.write("logs.txt", text);
    HttpResponse<String> file = server.get(LOG + "/file");
    assertThat(file.body()).isEqualTo(text);
    assertThat(file.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
    assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(file.headers().firstValue("Accept-Ranges")).contains("bytes");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"r1-logs.txt\"; filename*=UTF-8''r1-logs.txt");
  }

  @Test
  void a_piece_of_the_file_is_answered() {
    run.write("logs.txt", "0123456789");
    String tag = server.get(LOG + "/file").headers().firstValue("ETag").orElseThrow();
    piece("bytes=2-4", 206, "234", "bytes 2-4/10");
    piece("bytes=8-", 206, "89", "bytes 8-9/10");
    piece("bytes=-3", 206, "789", "bytes 7-9/10");
    piece("bytes=-99", 206, "0123456789", "bytes 0-9/10");
    piece("bytes=5-99", 206, "56789", "bytes 5-9/10");
    piece(
        "bytes=10-",
        416,
        "{\"detail\":\"Range must begin within the 10 bytes of the log\"}",
        "bytes */10");
    for (String whole : List.of("bytes=1-2,4-5", "lines=1-2", "bytes=4-2", "bytes=-", "bytes=x-")) {
      HttpResponse<String> file = server.get(LOG + "/file", "Range", whole);
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body()).isEqualTo("0123456789");
    }
    assertThat(server.get(LOG + "/file", "Range", "bytes=0-1", "If-Range", tag).body())
        .isEqualTo("01");
    assertThat(server.get(LOG + "/file", "Range", "bytes=0-1", "If-Range", "\"old\"").body())
        .isEqualTo("0123456789");
  }

  private void piece(String range, int status, String text, String field) {
    HttpResponse<String> piece = server.get(LOG + "/file", "Range", range);
    assertThat(piece.statusCode()).isEqualTo(status);
    assertThat(piece.body()).isEqualTo(text);
    assertThat(piece.headers().firstValue("Content-Range")).contains(field);
  }

  @Test
  void a_link_that_leads_outside_of_the_root_is_no_log() throws IOException {
    Path secret = Files.writeString(Files.createTempFile("secret", ".txt"), "secret\n");
    Files.createSymbolicLink(run.directory().resolve("logs.txt"), secret);
    assertThat(server.object(LOG).getInt("total")).isZero();
    assertThat(server.get(LOG + "/file").statusCode()).isEqualTo(404);
    assertThat(server.object(LOG + "/search?q=secret").getInt("count")).isZero();
    Files.delete(secret);
  }

  @Test
  void any_name_of_a_run_is_a_safe_name_of_a_file() {
    String id = "a \"b\",é<img>";
    TestRun.create(root, id, "finished").write("logs.txt", "one\n");
    String path = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    HttpResponse<String> file = server.get("/api/runs/" + path + "/logs/file");
    assertThat(file.body()).isEqualTo("one\n");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains(
            "attachment; filename=\"a__b_,_<img>-logs.txt\"; filename*=UTF-8''"
                + path
                + "-logs.txt");
  }
}
