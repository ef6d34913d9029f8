package org.runmetrics.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

/** More streams than a server could have threads for, and clients that come and go. */
@Timeout(120)
class ManyStreamsTest {
  private static final String STREAM = "/api/runs/r1/metrics_step/stream";

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

  /** One client's end of a stream. */
  private record Stream(Socket socket, BufferedReader lines) implements AutoCloseable {
    String lineWith(String start) throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith(start)) {
        line = lines.readLine();
      }
      return String.valueOf(line);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void two_thousand_streams_all_get_a_line_and_none_is_ended() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      streams.add(open("127.0.0." + (1 + i % 10)));
    }
    for (Stream stream : streams) {
      assertThat(stream.lineWith("HTTP/1.1")).startsWith("HTTP/1.1 200");
      assertThat(stream.lineWith("id:")).startsWith("id: ");
    }
    assertThat(server.streams().size()).isEqualTo(2000);
    for (int step = 1; step <= 3; step++) {
      run.log(step, "\"step\": " + step + ", \"loss\": 0.5");
      for (Stream stream : streams) {
        assertThat(stream.lineWith("data:")).contains("{\"global_step\":" + step + ",");
      }
    }
    assertThat(server.streams().size()).isEqualTo(2000);
    for (Stream stream : streams) {
      stream.close();
    }
  }

  @Test
  void a_client_that_comes_and_goes_is_never_told_that_it_has_too_many() throws Exception {
    run.log(1, "\"step\": 1, \"loss\": 0.5");
    run.write("status.json", "{\"status\": \"finished\"}");
    for (int i = 0; i < 400; i++) {
      try (Stream stream = open("127.0.0.1")) {
        assertThat(stream.lineWith("HTTP/1.1")).as("stream " + i).startsWith("HTTP/1.1 200");
        if (i % 2 == 0) {
          // Half of them leave with something unread, which the kernel tells the server at once.
          assertThat(stream.lineWith("data:")).isEqualTo("data: {\"status\":\"finished\"}");
        }
      }
    }
  }

  private Stream open(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            ("GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return new Stream(
        socket,
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512));
  }
}
