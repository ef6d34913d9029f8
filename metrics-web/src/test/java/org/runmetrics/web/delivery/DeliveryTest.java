package org.runmetrics.web.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

/** Long answers, and clients that ask for them and do not read. */
@Timeout(180)
class DeliveryTest {
  /** More than connections and servers keep of what is not read, which is some 10 MB. */
  private static final int ROWS = 150_000;

  private static final String CURVES = "/api/v2/series?runs=r1&shape=raw";

  @TempDir Path root;
  private TestServer server;
  private final List<Socket> silent = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.of(
            root,
            Map.of(
                "metrics.ratelimit.enabled",
                "false",
                "metrics.answer.per-client",
                "2",
                "metrics.proxies",
                "127.0.0.1"));
    TestRun.create(root, "r1", "finished").logWide(ROWS);
    TestRun.create(root, "short", "finished").log(1, "\"global_step\": 1, \"a\": 1");
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : silent) {
      socket.close();
    }
    server.close();
  }

  /** Asks for something and reads nothing of it. */
  private void askWithoutReading(String path, String client) throws IOException {
    Socket socket = new Socket();
    silent.add(socket);
    socket.setReceiveBufferSize(64 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            ("GET "
                    + path
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: "
                    + client
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void clients_that_read_nothing_hold_up_nobody() throws IOException {
    for (int i = 0; i < 60; i++) {
      askWithoutReading(CURVES, "10.0.0." + i);
    }
    assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/runs").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/runs/short/metrics_step").statusCode()).isEqualTo(200);
    assertThat(server.get(CURVES).body()).endsWith("}");
  }

  @Test
  void an_answer_that_nobody_takes_is_given_up_and_the_next_of_its_client_begun()
      throws IOException {
    askWithoutReading(CURVES, "10.0.0.1");
    askWithoutReading(CURVES, "10.0.0.1");
    for (Socket socket : silent) {
      // Both have their turn.
      assertThat(socket.getInputStream().readNBytes("HTTP/1.1 200".length()))
          .endsWith('2', '0', '0');
    }

    String late = server.get(CURVES, "X-Forwarded-For", "10.0.0.1").body();

    assertThat(late).isEqualTo(server.get(CURVES, "X-Forwarded-For", "10.0.0.2").body());
    List<String> given = new ArrayList<>();
    for (Socket socket : silent) {
      given.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }
    // The other may have been waited for until now, and is read to its end.
    assertThat(given)
        .anySatisfy(
            answer -> {
              assertThat(answer.length()).isLessThan(late.length());
              assertThat(answer.endsWith("0\r\n\r\n")).isFalse();
            });
  }

  @Test
  void all_answers_of_a_client_with_many_requests_arrive() {
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 20)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> server.get(CURVES).body()))
            .toList();
    String expected = server.get(CURVES).body();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(expected));
  }

  @Test
  void a_client_with_too_many_that_wait_is_told_to_come_back() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      askWithoutReading(CURVES, "10.0.0.1");
    }
    var refused = server.get(CURVES, "X-Forwarded-For", "10.0.0.1");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("At most 1000 long answers wait for each client");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }
}
