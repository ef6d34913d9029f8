package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.runmetrics.push.Pace;

/** How long the server waits for a client, and both for the log. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(180)
class LogPatienceTest {
  private static final Duration PATIENT = LogLimits.DEFAULT.pace().patience();
  private static final Duration LONG = LogLimits.DEFAULT.idle();

  /** Long enough for a client of a machine that is busy with these tests to answer in time. */
  private static final Duration PING = Duration.ofSeconds(2);

  private final EmbeddedServer embedded;

  @TempDir Path root;
  private LogServer server;

  LogPatienceTest(EmbeddedServer embedded) {
    this.embedded = embedded;
  }

  @BeforeEach
  void start() throws Exception {
    server = with(PATIENT, LONG);
  }

  /** Starts again with other times. */
  private void restart(Duration patience, Duration idle) throws Exception {
    server.close();
    server = with(patience, idle);
  }

  private LogServer with(Duration patience, Duration idle) throws Exception {
    Pace pace = new Pace(PING, patience, Duration.ofMillis(200));
    return LogServer.ofShortQueues(embedded, root, pace, idle);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void quiet_connections_are_pinged() throws Exception {
    try (LogClient client = server.connect("")) {
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
    }
  }

  @Test
  void a_client_that_answers_no_ping_is_gone_and_one_that_does_stays() throws Exception {
    server.append("one\n");
    try (StuckClient gone = new StuckClient(server.address(""));
        LogClient here = server.connect("")) {
      assertThat(gone.next()).isEqualTo("one");
      assertThat(here.next()).isEqualTo("one");

      gone.awaitEnd();

      server.append("two\n");
      assertThat(here.next()).isEqualTo("two");
      server.awaitClients(1);
    }
  }

  @Test
  void a_client_that_takes_nothing_for_long_is_sent_away_to_come_back_later() throws Exception {
    restart(Duration.ofMillis(400), LONG);
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    try (StuckClient stuck = new StuckClient(server.address("?tail=all"));
        LogClient fast = server.connect("?tail=1")) {
      assertThat(fast.next()).startsWith("[info] Showing last 1 lines");
      server.await(() -> server.clients().leaving() == 1);

      assertThat(stuck.closed()).isEqualTo("1013 Nothing was read");
    }
  }

  @Test
  void a_client_that_takes_nothing_even_then_is_cut_off() throws Exception {
    restart(Duration.ofMillis(400), LONG);
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    try (StuckClient stuck = new StuckClient(server.address("?tail=all"));
        LogClient fast = server.connect("?tail=1")) {
      assertThat(fast.next()).startsWith("[info] Showing last 1 lines");
      server.awaitClients(1);
      assertThat(stuck.next()).startsWith("x");
    }
  }

  @Test
  void a_log_that_nobody_writes_any_more_is_left_after_a_while() throws Exception {
    restart(PATIENT, Duration.ofMillis(200));
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      assertThat(client.next()).isEqualTo("[info] Connection timeout after 1 hour of inactivity");
      assertThat(client.closed()).isEqualTo("1000 Inactive");
    }
  }

  @Test
  void who_waits_for_a_log_that_is_not_there_yet_may_wait() throws Exception {
    restart(PATIENT, Duration.ofMillis(20));
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).startsWith("[info] No logs available yet");
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
      server.append("one\n");
      assertThat(client.next()).isEqualTo("one");
    }
  }

  @Test
  void a_server_that_shuts_down_says_so() throws Exception {
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      server.shutDownApplication();
      assertThat(client.closed()).isEqualTo("1001 The server is shutting down");
    }
    server.awaitNothingLeft();
  }
}
