package org.runmetrics.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

@Timeout(60)
class RunsStreamTest {
  private static final String STREAM = "/api/runs/stream";

  @TempDir Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_run_that_appears_ends_and_goes_is_told_as_the_list_shows_it() throws Exception {
    TestRun.create(root, "old", "running");
    EventClient client = EventClient.open(server, STREAM);
    TestRun run = TestRun.create(root, "new", "running");
    EventClient.Event appeared = client.next();
    assertThat(appeared.name()).isEqualTo("run");
    assertThat(server.get("/api/runs").body()).contains(appeared.data());

    run.write("status.json", "{\"status\": \"finished\"}");
    EventClient.Event ended = client.next();
    while (ended.data().contains("\"status\":\"unknown\"")) {
      ended = client.next(); // While the file is written, it is empty.
    }
    assertThat(ended.data()).contains("\"id\":\"new\"", "\"status\":\"finished\"");

    Files.delete(run.directory().resolve("status.json"));
    Files.delete(run.directory());
    EventClient.Event gone = client.next();
    assertThat(gone.name()).isEqualTo("removed");
    assertThat(gone.data()).isEqualTo("{\"id\":\"new\"}");
    client.close();
  }

  @Test
  void parameters_are_refused() {
    assertThat(server.get(STREAM + "?status=running").statusCode()).isEqualTo(400);
    assertThat(server.send("HEAD", STREAM).statusCode()).isEqualTo(200);
    assertThat(server.isQuiet()).isTrue();
  }
}
