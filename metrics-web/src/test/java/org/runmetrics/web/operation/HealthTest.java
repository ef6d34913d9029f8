package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;
import org.runmetrics.web.stream.EventClient;

@Timeout(60)
class HealthTest {
  @TempDir Path folder;
  private Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(folder.resolve("storage"));
    server = TestServer.of(root, Map.of("metrics.stop.seconds", "5"));
    TestRun.create(root, "r1", "running").log(1, "\"global_step\": 1, \"loss\": 1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "started"})
  void an_application_that_answers_is_up(String probe) {
    HttpResponse<String> answer = server.get("/api/health/" + probe);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(server.get("/api/health/" + probe + "?x=1").statusCode()).isEqualTo(400);
  }

  @Test
  void it_is_ready_while_the_storage_can_be_read() throws IOException {
    assertThat(ready().statusCode()).isEqualTo(200);
    assertThat(ready().body())
        .isEqualTo("{\"status\":\"up\",\"storage\":\"readable\",\"cache\":\"usable\"}");

    Path elsewhere = Files.move(root, folder.resolve("elsewhere"));
    assertThat(ready().statusCode()).isEqualTo(503);
    assertThat(ready().body()).contains("\"status\":\"down\"", "\"storage\":\"unreadable\"");

    Files.move(elsewhere, root);
    assertThat(ready().statusCode()).isEqualTo(200);
  }

  @Test
  void asked_to_stop_it_is_ready_no_more_and_ends_its_streams() throws Exception {
    try (EventClient client = EventClient.open(server, "/api/runs/stream")) {
      server.stop().stop();
      client.awaitEnd();
    }
    assertThat(ready().statusCode()).isEqualTo(503);
    assertThat(ready().body()).contains("\"status\":\"stopping\"");
    assertThat(server.get("/api/runs").statusCode()).isEqualTo(200);
  }

  @Test
  void a_load_balancer_gets_the_time_to_learn_that_it_stops() throws Exception {
    assertThat(ready().statusCode()).isEqualTo(200);
    try (EventClient client = EventClient.open(server, "/api/runs/stream")) {
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server.stop()::stop);
      while (ready().statusCode() == 200) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(ready().statusCode()).isEqualTo(503);
      assertThat(client.hasEnded()).isFalse();
      assertThat(ready().statusCode()).isEqualTo(503);
      client.awaitEnd();
      stopping.join();
    }
  }

  @Test
  void who_reads_the_figures_is_no_load_balancer() throws Exception {
    assertThat(ready().statusCode()).isEqualTo(200);
    try (EventClient client = EventClient.open(server, "/api/runs/stream")) {
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server.stop()::stop);
      while (ready().statusCode() == 200) {
        LockSupport.parkNanos(1_000_000);
      }
      // More often than a balancer needs to ask, and no longer than one is waited for.
      for (int i = 0; i < 4; i++) {
        assertThat(server.get("/api/metrics/prometheus").body()).contains("runmetrics_ready 0");
      }
      assertThat(client.hasEnded()).isFalse();
      assertThat(ready().statusCode()).isEqualTo(503);
      assertThat(ready().statusCode()).isEqualTo(503);
      client.awaitEnd();
      stopping.join();
    }
  }

  private HttpResponse<String> ready() {
    return server.get("/api/health/ready");
  }
}
