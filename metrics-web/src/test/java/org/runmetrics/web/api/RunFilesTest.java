package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class RunFilesTest {
  private static final String FILES = "/api/runs/r1/files";
  private static final String SKIPPED = "/api/runs/r1/skipped";

  @TempDir Path temporary;
  private TestServer server;
  private Path root;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(temporary.resolve("storage"));
    server = TestServer.of(root);
    run = TestRun.create(root, "r1", "finished");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void files_come_by_their_paths_with_size_and_time() throws IOException {
    Files.createDirectories(run.directory().resolve("media/deep/er"));
    Files.createDirectories(run.directory().resolve("empty"));
    run.write("media/b.png", "1234").write("media/deep/er/a.txt", "").write("code.py", "x");
    for (String file : new String[] {"status.json", "media/b.png", "media/deep/er/a.txt"}) {
      Files.setLastModifiedTime(run.directory().resolve(file), FileTime.fromMillis(1_500));
    }
    Files.setLastModifiedTime(run.directory().resolve("code.py"), FileTime.fromMillis(2_000));

    assertThat(server.get(FILES).body())
        .isEqualTo(
            "{\"files\":[{\"path\":\"code.py\",\"bytes\":1,\"modified\":2.0},"
                + "{\"path\":\"media/b.png\",\"bytes\":4,\"modified\":1.5},"
                + "{\"path\":\"media/deep/er/a.txt\",\"bytes\":0,\"modified\":1.5},"
                + "{\"path\":\"status.json\",\"bytes\":22,\"modified\":1.5}],"
                + "\"total\":4,\"truncated\":false}");
  }

  @Test
  void links_and_what_lies_elsewhere_are_not_listed() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(run.directory().resolve("folder"), outside);
    Files.createSymbolicLink(run.directory().resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(run.directory().resolve("loop"), run.directory());

    assertThat(paths()).isEqualTo("status.json");
  }

  @Test
  void names_may_hold_anything_that_a_file_name_can() {
    run.write("a\nb", "").write("<img>", "").write("__proto__", "").write("\u202egpj.exe", "");
    run.write("größe, 小型 \uD83C\uDF89", "").write("x".repeat(255), "");

    assertThat(paths().split("\\|"))
        .containsExactlyInAnyOrder(
            "a\nb",
            "<img>",
            "__proto__",
            "\u202egpj.exe",
            "größe, 小型 \uD83C\uDF89",
            "x".repeat(255),
            "status.json");
  }

  @Test
  void of_too_many_files_so_many_are_listed() throws IOException {
    Path many = Files.createDirectory(run.directory().resolve("many"));
    for (int i = 0; i < RunDirectory.MAX_FILES; i++) {
      Files.createFile(many.resolve("file" + i));
    }

    JsonObject answer = server.object(FILES);

    assertThat(answer.getInt("total")).isEqualTo(RunDirectory.MAX_FILES);
    assertThat(answer.getBoolean("truncated")).isTrue();
    assertThat(answer.getJsonArray("files")).hasSize(RunDirectory.MAX_FILES);
  }

  @Test
  void a_new_file_is_in_the_next_answer() {
    HttpResponse<String> before = server.get(FILES);
    String tag = before.headers().firstValue("ETag").orElseThrow();
    assertThat(server.get(FILES, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(server.send("HEAD", FILES).headers().firstValue("ETag")).hasValue(tag);

    run.write("new", "");
    assertThat(server.get(FILES, "If-None-Match", tag).body()).contains("\"path\":\"new\"");
  }

  @Test
  void of_a_run_that_nobody_knows_nothing_is_told() {
    for (String path : new String[] {"files", "skipped"}) {
      assertThat(server.get("/api/runs/none/" + path).statusCode()).isEqualTo(404);
      assertThat(server.get("/api/runs/r1/" + path + "?x=1").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void a_run_without_skipped_lines_has_no_kinds_of_them() {
    String none = "{\"skipped_lines\":0,\"complete\":true,\"kinds\":[]}";
    assertThat(server.get(SKIPPED).body()).isEqualTo(none);

    run.log(1, "\"global_step\": 1, \"a\": 1").append("\n  \n{\"type\": \"other\"}\n");
    assertThat(server.get(SKIPPED).body()).isEqualTo(none);
  }

  @Test
  void each_kind_of_skipped_line_has_its_number_and_an_example() {
    run.append("\uFEFFno json <img>\n").log(1, "\"global_step\": 1, \"a\": 1");
    run.append("\n{\"ts\": 1, \"type\": \"met\n[1]\n\0\0\0\n");
    run.append("{\"type\": \"metrics\", \"data\": 5}\n{half " + "\uD83C\uDF89".repeat(300) + "\n");
    run.append("{\"type\": \"image\"}");

    JsonObject answer = server.object(SKIPPED);

    assertThat(answer.getInt("skipped_lines"))
        .isEqualTo(server.object("/api/runs/r1").getInt("skipped_lines"))
        .isEqualTo(7);
    assertThat(answer.getBoolean("complete")).isTrue();
    assertThat(
            answer.getJsonArray("kinds").getValuesAs(JsonObject.class).stream()
                .map(
                    kind ->
                        kind.getInt("count")
                            + " "
                            + kind.getInt("line")
                            + " "
                            + kind.getString("kind")
                            + ": "
                            + kind.getString("text")))
        .containsExactly(
            "2 1 The line is not a JSON object: no json <img>",
            "2 4 The line begins like a JSON object and is none, as half a line does: {\"ts\": 1,"
                + " \"type\": \"met",
            "1 6 The line holds zero bytes, as a machine that lost its power leaves them:"
                + " \0\0\0",
            "2 7 The event has no object of data: {\"type\": \"metrics\", \"data\": 5}");
  }

  @Test
  void a_long_line_is_shown_by_its_beginning_and_no_character_is_cut() {
    run.append("x" + "\uD83C\uDF89".repeat(300) + "\n");

    String text = server.object(SKIPPED).getJsonArray("kinds").getJsonObject(0).getString("text");

    assertThat(text).isEqualTo("x" + "\uD83C\uDF89".repeat(99));
  }

  @Test
  void a_file_of_nothing_but_skipped_lines_is_told_too() {
    run.write("events.jsonl", "no\njson\n".repeat(100).getBytes(StandardCharsets.UTF_8));

    assertThat(server.get(SKIPPED).body())
        .isEqualTo(
            "{\"skipped_lines\":200,\"complete\":true,\"kinds\":[{\"kind\":\"The line is not a"
                + " JSON object\",\"count\":200,\"line\":1,\"text\":\"no\"}]}");
  }

  @Test
  void skipped_lines_that_are_added_change_the_tag() {
    String tag = server.get(SKIPPED).headers().firstValue("ETag").orElseThrow();
    assertThat(server.get(SKIPPED, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(server.send("HEAD", SKIPPED).headers().firstValue("ETag")).hasValue(tag);

    run.append("no json\n");
    assertThat(server.get(SKIPPED, "If-None-Match", tag).body()).contains("\"skipped_lines\":1");
  }

  private String paths() {
    return server.object(FILES).getJsonArray("files").getValuesAs(JsonObject.class).stream()
        .map(file -> file.getString("path"))
        .collect(Collectors.joining("|"));
  }
}
