package org.runmetrics.web.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

@Timeout(60)
class MediaTest {
  private static final String MEDIA = "/api/runs/r1/media/";
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};

  @TempDir Path root;
  private TestServer server;
  private TestRun run;
  private Path media;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
    run = TestRun.create(root, "r1", "running");
    media = Files.createDirectory(run.directory().resolve("media"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_image_is_served_as_it_is_for_an_img_and_with_nothing_that_may_run() throws Exception {
    Files.write(media.resolve("a.txt"), PNG);
    HttpResponse<byte[]> answer = bytes("a.txt", "Accept-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(PNG);
    assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
    assertThat(header(answer, "Content-Length")).isEqualTo("11");
    assertThat(header(answer, "Content-Encoding")).isEmpty();
    assertThat(header(answer, "Content-Disposition")).isEmpty();
    assertThat(header(answer, "Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
    assertThat(header(answer, "ETag")).matches("\"[A-Za-z0-9_-]+\"");
  }

  @Test
  void what_may_hold_scripts_and_what_is_not_known_is_saved() throws Exception {
    Files.writeString(media.resolve("ü \"a\".svg"), "<svg xmlns=\"\"><script/></svg>");
    Files.writeString(media.resolve("page.png"), "<html><script>alert(1)</script>");
    HttpResponse<byte[]> svg = bytes("%C3%BC%20%22a%22.svg");
    assertThat(header(svg, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(svg, "Content-Disposition"))
        .isEqualTo("attachment; filename=\"___a_.svg\"; filename*=UTF-8''%C3%BC%20%22a%22.svg");
    HttpResponse<byte[]> page = bytes("page.png");
    assertThat(header(page, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(page, "Content-Disposition")).startsWith("attachment;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767229240871_20ccc5_sample_0.png",
        "1704067200000_abc123_prediction.png",
        "media_images_7_0123456789abcdef0123.png",
        "0123456789abcdef0123456789abcdef.bin"
      })
  void names_with_a_hash_are_kept_for_ever(String name) throws Exception {
    Files.write(media.resolve(name), PNG);
    assertThat(bytes(name).headers().allValues("Cache-Control"))
        .containsExactly("private, immutable, max-age=31536000");
    String tag = header(bytes(name), "ETag");
    HttpResponse<byte[]> known = bytes(name, "If-None-Match", tag, "Accept-Encoding", "gzip");
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(header(known, "ETag")).isEqualTo(tag);
    assertThat(known.headers().allValues("Cache-Control"))
        .containsExactly("private, immutable, max-age=31536000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample_100000.png",
        "20250114_153045_a.png",
        "step_00000000000000000000100.png",
        "facade.png",
        "1767229240871_sample.png"
      })
  void names_that_may_come_again_are_asked_for_each_time(String name) throws Exception {
    Files.write(media.resolve(name), PNG);
    HttpResponse<byte[]> first = bytes(name);
    assertThat(first.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
    String tag = header(first, "ETag");
    assertThat(bytes(name, "If-None-Match", tag).statusCode()).isEqualTo(304);
    Files.write(media.resolve(name), Arrays.copyOf(PNG, 20));
    HttpResponse<byte[]> other = bytes(name, "If-None-Match", tag);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(header(other, "ETag")).isNotEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0, 4",
    "bytes=5-, 5, 11",
    "bytes=-4, 7, 11",
    "bytes=-400, 0, 11",
    "bytes=10-99999999999999999999999, 10, 11",
    "BYTES=1-1, 1, 2"
  })
  void a_part_is_answered_as_it_is_asked_for(String range, int from, int to) throws Exception {
    Files.write(media.resolve("a.png"), PNG);
    HttpResponse<byte[]> answer = bytes("a.png", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(PNG, from, to));
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes %d-%d/11".formatted(from, to - 1));
    assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(to - from));
    assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
    assertThat(header(answer, "ETag")).isEqualTo(header(bytes("a.png"), "ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=0-1,3-4", "bytes=5-3", "bytes=a-b", "bytes=-", "lines=0-1", "0-1", "x"})
  void a_range_that_is_none_is_answered_with_all(String range) throws Exception {
    Files.write(media.resolve("a.png"), PNG);
    HttpResponse<byte[]> answer = bytes("a.png", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(PNG);
  }

  @Test
  void a_part_after_the_end_is_an_error_that_nobody_keeps() throws Exception {
    Files.write(media.resolve("1767229240871_20ccc5_a.png"), PNG);
    Files.write(media.resolve("empty"), new byte[0]);
    for (String range : new String[] {"bytes=11-", "bytes=-0", "bytes=9223372036854775807-"}) {
      HttpResponse<byte[]> answer = bytes("1767229240871_20ccc5_a.png", "Range", range);
      assertThat(answer.statusCode()).isEqualTo(416);
      assertThat(header(answer, "Content-Range")).isEqualTo("bytes */11");
      assertThat(header(answer, "Cache-Control")).doesNotContain("immutable");
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .isEqualTo("{\"detail\":\"Range must begin within the 11 bytes of the file\"}");
    }
    assertThat(bytes("empty", "Range", "bytes=0-").statusCode()).isEqualTo(416);
    assertThat(bytes("empty").body()).isEmpty();
    assertThat(header(bytes("empty"), "Content-Length")).isEqualTo("0");
  }

  @Test
  void a_part_of_another_file_is_all_of_it() throws Exception {
    Files.write(media.resolve("a.png"), PNG);
    String tag = header(bytes("a.png"), "ETag");
    String part = "bytes=0-3";
    assertThat(bytes("a.png", "Range", part, "If-Range", tag).statusCode()).isEqualTo(206);
    for (String other : new String[] {"\"other\"", "W/" + tag, "Fri, 27 Nov 2026 08:00:00 GMT"}) {
      assertThat(bytes("a.png", "Range", part, "If-Range", other).statusCode()).isEqualTo(200);
    }
    assertThat(bytes("a.png", "Range", part, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void head_tells_the_length_and_sends_nothing() throws Exception {
    byte[] large = new byte[3_000_000];
    Files.write(media.resolve("large"), large);
    HttpResponse<String> head = server.send("HEAD", MEDIA + "large", "Range", "bytes=0-3");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("3000000");
    assertThat(head.headers().firstValue("ETag")).hasValue(header(bytes("large"), "ETag"));
    String tag = head.headers().firstValue("ETag").orElseThrow();
    assertThat(server.send("HEAD", MEDIA + "large", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(server.send("HEAD", MEDIA + "none").statusCode()).isEqualTo(404);
    assertThat(server.send("POST", MEDIA + "large").statusCode()).isEqualTo(405);
  }

  @Test
  void a_file_in_a_folder_below_is_served() throws Exception {
    Path below = Files.createDirectories(media.resolve("a b/ü"));
    byte[] content = new byte[1_000_000];
    new Random(3).nextBytes(content);
    Files.write(below.resolve("x#?%.bin"), content);
    assertThat(bytes("a%20b/%C3%BC/x%23%3F%25.bin").body()).isEqualTo(content);
  }

  @Test
  void nothing_outside_of_the_folder_is_served() throws Exception {
    Path secret = Files.writeString(root.resolve("secret"), "secret");
    Files.writeString(run.directory().resolve("events.jsonl"), "secret");
    TestRun other = TestRun.create(root, "other", "running");
    Files.createDirectory(other.directory().resolve("media"));
    other.write("media/theirs", "secret");
    Files.createSymbolicLink(media.resolve("link"), secret);
    Files.createSymbolicLink(media.resolve("etc"), Path.of("/etc"));
    Files.createSymbolicLink(media.resolve("zero"), Path.of("/dev/zero"));
    Files.createSymbolicLink(media.resolve("theirs"), other.directory().resolve("media/theirs"));
    Files.createSymbolicLink(media.resolve("loop"), Path.of("loop"));
    Files.writeString(media.resolve("mine"), "mine");
    Files.createSymbolicLink(media.resolve("inside"), Path.of("mine"));
    for (String name :
        new String[] {
          "link",
          "etc/passwd",
          "zero",
          "theirs",
          "loop",
          "../events.jsonl",
          "%2e%2e/events.jsonl",
          "..%2Fevents.jsonl",
          "%2Fetc%2Fpasswd",
          "/etc/passwd",
          "a%00b",
          "none",
          ".",
          "x".repeat(3000),
          "%3Cimg%3E",
          "__proto__",
          "%E2%80%AE%0A"
        }) {
      HttpResponse<byte[]> answer = bytes(name);
      // Some of these are refused by the server itself, each in its own way.
      assertThat(answer.statusCode()).as(name).isGreaterThanOrEqualTo(400);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .as(name)
          .doesNotContain("secret", "root:", root.toString())
          .hasSizeLessThan(600);
    }
    assertThat(bytes("inside").body()).isEqualTo("mine".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(bytes("none").body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"detail\":\"Media file not found: none\"}");
    assertThat(server.get("/api/runs/none/media/a").body())
        .isEqualTo("{\"detail\":\"Run not found: none\"}");
    assertThat(server.get(MEDIA + "inside?a=b").statusCode()).isEqualTo(400);
  }

  @Test
  void a_folder_that_leads_out_of_the_storage_has_no_files(@TempDir Path outside) throws Exception {
    Files.writeString(outside.resolve("a"), "secret");
    Files.delete(media);
    Files.createSymbolicLink(media, outside);
    assertThat(bytes("a").statusCode()).isEqualTo(404);
  }

  @Test
  void what_is_no_regular_file_hangs_nobody() throws Exception {
    Process made = new ProcessBuilder("mkfifo", media.resolve("pipe").toString()).start();
    assertThat(made.waitFor()).isZero();
    Files.createDirectory(media.resolve("folder"));
    assertThat(bytes("pipe").statusCode()).isEqualTo(404);
    assertThat(bytes("folder").statusCode()).isEqualTo(404);
    assertThat(bytes("folder/").statusCode()).isEqualTo(404);
  }

  @Test
  void a_file_that_is_cut_while_it_is_sent_is_not_taken_for_whole() throws Exception {
    Path large = media.resolve("large");
    try (FileChannel file =
        FileChannel.open(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.position(100 << 20).write(ByteBuffer.wrap(new byte[] {1}));
      try (Socket socket = new Socket()) {
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket
            .getOutputStream()
            .write(
                ("GET " + MEDIA + "large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        assertThat(new String(answer.readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 200");
        file.truncate(1000);
        long read = 12;
        byte[] buffer = new byte[1 << 16];
        for (int some = answer.read(buffer); some >= 0; some = answer.read(buffer)) {
          read += some;
        }
        assertThat(read).isLessThan(100 << 20);
      }
    }
  }

  private HttpResponse<byte[]> bytes(String name, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + MEDIA + name));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
