package org.runmetrics.web.image;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class ImagesTest {
  private static final String IMAGES = "/api/runs/r1/images";

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
  void images_are_listed_in_the_order_of_the_file() {
    run.log(1, "\"step\": 1, \"loss\": 1");
    run.append(
        "{\"ts\": 1767229241.25, \"type\": \"image\", \"data\": {\"key\": \"sample\","
            + " \"path\": \"media/a b/ü?#.png\", \"step\": 100, \"caption\": \"图 <b>\"}}\n"
            + "{\"type\": \"image\", \"data\": {\"path\": \"../secret\"}}\n");
    assertThat(server.get(IMAGES).body())
        .isEqualTo(
            "{\"images\":[{\"key\":\"sample\",\"step\":100,\"ts\":1767229241.25,"
                + "\"caption\":\"图 <b>\",\"path\":\"media/a b/ü?#.png\","
                + "\"url\":\"/api/runs/r1/media/a%20b/%C3%BC%3F%23.png\"},\n"
                + "{\"key\":null,\"step\":null,\"ts\":null,\"caption\":null,"
                + "\"path\":\"../secret\",\"url\":null}],\"total\":2}");
  }

  @Test
  void a_run_without_images_has_an_empty_list() {
    assertThat(server.get(IMAGES).body()).isEqualTo("{\"images\":[],\"total\":0}");
    run.log(1, "\"step\": 1, \"loss\": 1");
    assertThat(server.get(IMAGES).body()).isEqualTo("{\"images\":[],\"total\":0}");
    TestRun.create(root, "junk", "finished").write("events.jsonl", "no event\n");
    assertThat(server.get("/api/runs/junk/images").body()).isEqualTo("{\"images\":[],\"total\":0}");
  }

  @Test
  void keys_and_steps_filter_and_the_total_counts_what_they_let_through() {
    run.append(
        IntStream.range(0, 100)
            .mapToObj(i -> image(i % 2 == 0 ? "even" : "odd, really", i))
            .collect(Collectors.joining()));
    assertThat(steps("?key=even&step_range=10:13")).containsExactly(10, 12);
    assertThat(steps("?key=even&key=odd%2C%20really&step_range=97:")).containsExactly(97, 98, 99);
    assertThat(steps("?key=even&key=odd&limit=2")).containsExactly(0, 2);
    assertThat(total("?key=even&key=odd&limit=2")).isEqualTo(50);
    assertThat(steps("?offset=95&limit=3")).containsExactly(95, 96, 97);
    assertThat(total("?offset=95&limit=3")).isEqualTo(100);
    assertThat(steps("?key=even&offset=48")).containsExactly(96, 98);
    assertThat(steps("?offset=2147483647")).isEmpty();
    assertThat(total("?offset=2147483647")).isEqualTo(100);
    assertThat(total("?limit=0")).isEqualTo(100);
    assertThat(total("?key=none")).isZero();
  }

  @Test
  void names_of_any_kind_are_told_as_they_are() {
    TestRun odd = TestRun.create(root, "<img src=x> \u202eé,", "running");
    odd.append(image("__proto__", 1) + image("<img src=x onerror=1>", 2));
    odd.append(image("x".repeat(3000), 3) + image("\\u0000\\n\\ud800\u05d0", 4));
    JsonObject answer = server.object("/api/runs/%3Cimg%20src=x%3E%20%E2%80%AE%C3%A9%2C/images");
    assertThat(answer.getJsonArray("images"))
        .extracting(image -> image.asJsonObject().getString("key"))
        .containsExactly(
            "__proto__", "<img src=x onerror=1>", "x".repeat(3000), "\0\n\ud800\u05d0");
    assertThat(answer.getJsonArray("images").getJsonObject(0).getString("url"))
        .isEqualTo("/api/runs/%3Cimg%20src%3Dx%3E%20%E2%80%AE%C3%A9%2C/media/1_abc_1.png");
  }

  @Test
  void a_client_that_has_the_list_is_told_so_until_there_is_more() {
    run.append(image("a", 1));
    HttpResponse<String> first = server.get(IMAGES);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(server.get(IMAGES, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(server.get(IMAGES + "?key=b", "If-None-Match", tag).statusCode()).isEqualTo(200);
    assertThat(tag(IMAGES + "?key=b,%201:c")).isNotEqualTo(tag(IMAGES + "?key=b&key=c"));
    run.append(image("b", 2));
    assertThat(server.get(IMAGES, "If-None-Match", tag).body()).contains("\"total\":2");
    assertThat(server.get(IMAGES, "Accept-Encoding", "gzip").statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_that_is_replaced_has_other_images() {
    run.append(image("a", 1) + image("b", 2));
    assertThat(total("")).isEqualTo(2);
    run.write("events.jsonl", image("c", 7));
    assertThat(steps("")).containsExactly(7);
  }

  @Test
  void what_is_wrong_is_answered_as_elsewhere() {
    assertThat(server.get("/api/runs/none/images").body())
        .isEqualTo("{\"detail\":\"Run not found: none\"}");
    assertThat(server.get(IMAGES + "?keys=a").statusCode()).isEqualTo(400);
    assertThat(server.get(IMAGES + "?step_range=5").statusCode()).isEqualTo(400);
    assertThat(server.get(IMAGES + "?limit=10001").body())
        .isEqualTo("{\"detail\":\"limit must be an integer from 0 to 10000, not 10001\"}");
    assertThat(server.get(IMAGES + "?offset=-1").statusCode()).isEqualTo(422);
    assertThat(server.send("POST", IMAGES).statusCode()).isEqualTo(405);
  }

  private String tag(String path) {
    return server.get(path).headers().firstValue("ETag").orElseThrow();
  }

  private List<Integer> steps(String query) {
    return server.object(IMAGES + query).getJsonArray("images").stream()
        .map(image -> image.asJsonObject().getInt("step"))
        .toList();
  }

  private int total(String query) {
    return server.object(IMAGES + query).getInt("total");
  }

  private static String image(String key, int step) {
    return ("{\"ts\": 5, \"type\": \"image\", \"data\": {\"key\": \"%s\","
            + " \"path\": \"media/1_abc_%d.png\", \"step\": %d}}\n")
        .formatted(key, step, step);
  }
}
