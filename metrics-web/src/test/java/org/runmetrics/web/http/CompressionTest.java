package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class CompressionTest {
  private static final String STEPS = "/api/runs/r1/metrics_step";

  @TempDir Path root;
  private TestServer server;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    TestRun run = TestRun.create(root, "r1", "running");
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= 20_000; step++) {
      lines
          .append("{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"step\": ")
          .append(step)
          .append(", \"loss\": ")
          .append(Math.sqrt(step))
          .append("}}\n");
    }
    run.append(lines.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "gzip, deflate, br",
        "deflate;q=1, gzip;q=0.5",
        "br , gzip ; q=0.001",
        "*",
        "*;q=0.1",
        "identity;q=0.5, gzip;q=0.5",
        "identity;q=0, gzip;Q=1.0"
      })
  void who_takes_gzip_gets_it(String accepted) throws IOException {
    HttpResponse<byte[]> response = get(STEPS, "Accept-Encoding", accepted);

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(unpacked(response)).isEqualTo(server.get(STEPS).body());
    assertThat(response.body()).hasSizeLessThan(server.get(STEPS).body().length() / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "gzip;q=0",
        "gzip;q=0.000",
        "*;q=0",
        "*, gzip;q=0",
        "gzip;q=0, *;q=1",
        "deflate, br",
        "identity, gzip;q=0.5",
        "gzipped",
        "gzip;q=much"
      })
  void who_does_not_gets_plain_text(String accepted) throws IOException {
    HttpResponse<byte[]> response = get(STEPS, "Accept-Encoding", accepted);

    assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(server.get(STEPS).body());
    assertThat(response.headers().firstValue("Vary")).hasValue("Origin, Accept-Encoding, Accept");
  }

  @Test
  void lines_of_the_header_are_one_list() throws IOException {
    assertThat(
            get(STEPS, "Accept-Encoding", "br", "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .hasValue("gzip");
  }

  @Test
  void the_tag_of_compressed_bytes_is_weak_and_both_forms_are_known_again() throws IOException {
    String strong = get(STEPS).headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> packed = get(STEPS, "Accept-Encoding", "gzip");
    assertThat(packed.headers().firstValue("ETag")).hasValue("W/" + strong);
    assertThat(packed.headers().firstValue("Vary")).hasValue("Origin, Accept-Encoding, Accept");

    for (String tag : new String[] {strong, "W/" + strong}) {
      HttpResponse<byte[]> plain = get(STEPS, "If-None-Match", tag);
      assertThat(plain.statusCode()).isEqualTo(304);
      assertThat(plain.headers().firstValue("ETag")).hasValue(strong);
      HttpResponse<byte[]> zipped =
          get(STEPS, "If-None-Match", tag, "Accept-Encoding", "gzip, deflate");
      assertThat(zipped.statusCode()).isEqualTo(304);
      assertThat(zipped.headers().firstValue("ETag")).hasValue("W/" + strong);
      assertThat(zipped.headers().firstValue("Vary")).hasValue("Origin, Accept-Encoding, Accept");
      assertThat(zipped.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(zipped.body()).isEmpty();
    }
  }

  @Test
  void what_is_small_is_not_worth_it_and_a_long_list_is() throws IOException {
    for (String path : new String[] {"/api/runs", "/api/health", "/api/runs/r1", "/api/none"}) {
      assertThat(get(path, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
          .as(path)
          .isEmpty();
    }
    for (int i = 0; i < 50; i++) {
      TestRun.create(root, "other" + i, "finished");
    }

    HttpResponse<byte[]> list = get("/api/runs", "Accept-Encoding", "gzip");
    assertThat(list.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(unpacked(list)).isEqualTo(server.get("/api/runs").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {STEPS, STEPS + "?since_step=19999", STEPS + "?since_step=20000"})
  void head_has_the_headers_of_what_would_be_compressed(String path) throws IOException {
    HttpResponse<byte[]> get = get(path, "Accept-Encoding", "gzip");

    HttpResponse<byte[]> head = send("HEAD", path, "Accept-Encoding", "gzip");

    assertThat(head.body()).isEmpty();
    for (String name : new String[] {"ETag", "Content-Encoding", "Content-Type", "Vary"}) {
      assertThat(head.headers().firstValue(name))
          .isPresent()
          .isEqualTo(get.headers().firstValue(name));
    }
    assertThat(unpacked(get)).isEqualTo(server.get(path).body());
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws IOException {
    return send("GET", path, headers);
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String unpacked(HttpResponse<byte[]> response) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
