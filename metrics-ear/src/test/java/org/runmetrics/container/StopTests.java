package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The application is asked to stop, which is the last that happens to it. */
interface StopTests extends Server {
  int ROWS = 300_000;

  @Test
  @Order(Integer.MAX_VALUE)
  default void a_stop_refuses_to_be_ready_says_goodbye_and_finishes_what_is_under_way()
      throws Exception {
    Path run = run("stopping");
    append(run.resolve("logs.txt"), "one\n");
    append(
        run.resolve("events.jsonl"),
        IntStream.range(0, ROWS)
            .mapToObj(
                "{\"type\": \"metrics\", \"data\": {\"global_step\": %d, \"loss\": 0.5}}\n"
                    ::formatted)
            .collect(Collectors.joining()));
    ReceivedLines lines = new ReceivedLines();
    WebSocket socket = connect("stopping", lines);
    assertThat(lines.next()).isEqualTo("one");
    try (Events stream = stream("/api/runs/stopping/metrics_step/stream");
        Socket client = new Socket()) {
      assertThat(stream.lineWith("id:")).isNotEmpty();
      // More than the buffers of both ends hold, so the server cannot be done before it is read.
      client.setReceiveBufferSize(65_536);
      client.connect(new InetSocketAddress(base().getHost(), base().getPort()));
      client
          .getOutputStream()
          .write(
              "GET /api/runs/stopping/metrics_step HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream answer = client.getInputStream();
      assertThat(new String(answer.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      assertThat(get("/api/health/ready").statusCode()).isEqualTo(200);

      CompletableFuture<Void> stop = ServerProcess.find(ROOT).stop();

      // This test asks as a load balancer does, so requests are served until it was refused.
      HttpResponse<String> ready = get("/api/health/ready");
      while (ready.statusCode() == 200) {
        assertThat(stop).isNotCompletedExceptionally();
        ready = get("/api/health/ready");
      }
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("\"status\":\"stopping\"");
      assertThat(get("/api/health/live").statusCode()).isEqualTo(200);
      for (int refusal = 2; refusal <= 3; refusal++) {
        assertThat(get("/api/health/ready").statusCode()).isEqualTo(503);
      }
      assertThat(lines.closeCode()).isEqualTo(1001);
      assertThat(stream.lines().lines().toList())
          .noneMatch(line -> line.startsWith("data: {\"col"));
      assertThat(stop).isNotDone();
      assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
          .containsPattern("\"total\":" + ROWS + ",\"sampled\":" + ROWS + "}\\s*(0\\s+)?$");
      stop.get(20, TimeUnit.SECONDS);
    }
    assertThat(socket.isInputClosed()).isTrue();
  }
}
