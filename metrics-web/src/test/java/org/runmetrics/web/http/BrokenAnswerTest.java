package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class BrokenAnswerTest {
  private static final int ROWS = 150_000;
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

  private final Logger logger = Logger.getLogger(BrokenAnswerInterceptor.class.getName());
  private final Warnings warnings = new Warnings();

  @TempDir Path root;
  private TestServer server;
  private TestRun run;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.of(
            root, Map.of("metrics.ratelimit.enabled", "false", "metrics.cache.heap", "2MB"));
    run = TestRun.create(root, "r1", "finished");
    run.logWide(ROWS);
    logger.addHandler(warnings);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(warnings);
    server.close();
  }

  @Test
  void an_answer_that_breaks_off_has_no_end_and_is_logged_once() throws IOException {
    String body = answer("", () -> run.write("events.jsonl", "{}\n"));

    assertThat(body).startsWith("HTTP/1.1 200").doesNotContain("\"total\"");
    assertThat(body.endsWith(LAST_CHUNK)).isFalse();
    assertThat(warnings.texts).hasSize(1);
    assertThat(warnings.texts.get(0)).doesNotContain("events.jsonl");
  }

  @Test
  void an_answer_that_is_complete_ends_with_the_last_chunk() throws IOException {
    String body = answer("", () -> {});

    assertThat(body).contains("\"total\":" + ROWS).endsWith(LAST_CHUNK);
    assertThat(warnings.texts).isEmpty();
  }

  @Test
  void a_compressed_answer_that_breaks_off_has_no_end_either() throws IOException {
    String body = answer("Accept-Encoding: gzip\r\n", () -> run.write("events.jsonl", "{}\n"));

    assertThat(body).startsWith("HTTP/1.1 200").contains("gzip");
    assertThat(body.endsWith(LAST_CHUNK)).isFalse();
    assertThatThrownBy(() -> unpacked(body)).isInstanceOf(EOFException.class);
    assertThat(warnings.texts).hasSize(1);
  }

  @Test
  void a_compressed_answer_that_is_complete_ends_twice() throws IOException {
    String body = answer("Accept-Encoding: gzip\r\n", () -> {});

    assertThat(body).endsWith(LAST_CHUNK);
    assertThat(unpacked(body)).endsWith("\"total\":" + ROWS + ",\"sampled\":" + ROWS + "}");
    assertThat(warnings.texts).isEmpty();
  }

  /** Unpacks the body of an answer that is sent in chunks, as far as it goes. */
  private static String unpacked(String answer) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int chunk = answer.indexOf("\r\n\r\n") + 4;
    while (chunk < answer.length()) {
      int data = answer.indexOf("\r\n", chunk) + 2;
      int length = Integer.parseInt(answer.substring(chunk, data - 2).strip(), 16);
      int end = Math.min(data + length, answer.length());
      body.writeBytes(answer.substring(data, end).getBytes(StandardCharsets.ISO_8859_1));
      chunk = end + 2;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body.toByteArray()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads an answer as it is sent, and does something when it has begun. */
  private String answer(String header, Runnable meanwhile) throws IOException {
    try (Socket socket = new Socket()) {
      // Small, so that the server waits for the client with most of the answer unwritten.
      socket.setReceiveBufferSize(64 << 10);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      socket
          .getOutputStream()
          .write(
              ("GET /api/runs/r1/metrics_step HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + header
                      + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream input = socket.getInputStream();
      String begin = new String(input.readNBytes(1), StandardCharsets.ISO_8859_1);
      meanwhile.run();
      return begin + new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Keeps what is logged as a warning. */
  private static final class Warnings extends Handler {
    private final List<String> texts = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord entry) {
      if (entry.getLevel().equals(Level.WARNING)) {
        texts.add(entry.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
