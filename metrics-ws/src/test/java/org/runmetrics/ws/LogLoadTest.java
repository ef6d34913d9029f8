package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.runmetrics.push.Pace;

/** Clients that are slow, many or gone. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(180)
class LogLoadTest {
  /** Long enough for a client of a machine that is busy with these tests to answer in time. */
  private static final Duration PING = Duration.ofSeconds(2);

  private static final Pattern SKIPPED = Pattern.compile("\\[info\\] (\\d+) lines skipped");

  private final EmbeddedServer embedded;

  @TempDir Path root;
  private LogServer server;

  LogLoadTest(EmbeddedServer embedded) {
    this.embedded = embedded;
  }

  @BeforeEach
  void start() throws Exception {
    server = LogServer.ofShortQueues(embedded, root, Pace.DEFAULT, LogLimits.DEFAULT.idle());
  }

  /** Starts again with other times. */
  private void restart(Duration ping, Duration patience) throws Exception {
    server.close();
    Pace pace = new Pace(ping, patience, Duration.ofMillis(200));
    server = LogServer.ofShortQueues(embedded, root, pace, LogLimits.DEFAULT.idle());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_client_that_stops_reading_is_told_of_the_gap_and_delays_nobody() throws Exception {
    int lines = 2_000;
    String padding = "x".repeat(10_000);
    server.append("start\n");
    try (StuckClient stuck = new StuckClient(server.address(""));
        LogClient fast = server.connect("")) {
      assertThat(stuck.next()).isEqualTo("start");
      assertThat(fast.next()).isEqualTo("start");
      for (int i = 0; i < lines; i += 20) {
        StringBuilder text = new StringBuilder();
        for (int line = i; line < i + 20; line++) {
          text.append(line).append(' ').append(padding).append('\n');
        }
        server.append(text.toString());
        for (int line = i; line < i + 20; line++) {
          assertThat(fast.next()).startsWith(line + " ");
        }
      }
      assertNothingIsMissingUntold(stuck, lines);
    }
  }

  @Test
  void a_slow_client_gets_all_of_the_history() throws Exception {
    int lines = 1_000;
    String padding = "x".repeat(10_000);
    server.append(
        String.join(
            "", IntStream.range(0, lines).mapToObj(i -> i + " " + padding + "\n").toList()));
    try (StuckClient slow = new StuckClient(server.address("?tail=all"));
        LogClient fast = server.connect("?tail=all")) {
      for (int i = 0; i < lines; i++) {
        assertThat(fast.next()).startsWith(i + " ");
      }
      for (int i = 0; i < lines; i++) {
        assertThat(slow.next()).startsWith(i + " ");
      }
    }
  }

  @Test
  void five_hundred_connects_and_disconnects_leave_nothing_behind() throws Exception {
    server.append("one\n");
    String before = fingerprint();
    for (int i = 0; i < 500; i++) {
      LogClient client = server.connect("");
      assertThat(client.next()).isEqualTo("one");
      if (i % 2 == 0) {
        client.leave();
      } else {
        client.close();
        // The server learns of it later; until then the socket counts.
        server.awaitClients(0);
      }
    }
    server.awaitNothingLeft();
    while (openFiles().stream().anyMatch(file -> file.contains("logs.txt"))) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(openFiles()).noneMatch(file -> file.contains("inotify"));
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void clients_that_hang_up_with_much_on_its_way_hold_up_nobody() throws Exception {
    // A client is on its way out until the next look, and here all are at once.
    restart(PING.multipliedBy(5), Duration.ofMillis(100));
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    int many = 4 * Runtime.getRuntime().availableProcessors();
    List<StuckClient> clients = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      clients.add(new StuckClient(server.address("?tail=all")));
    }
    server.await(() -> server.clients().leaving() == many);
    for (StuckClient client : clients) {
      client.reset();
    }
    assertEverybodyIsServed();
    server.awaitClients(0);
  }

  @Test
  void clients_that_say_goodbye_and_do_not_read_hold_up_nobody() throws Exception {
    restart(PING, LogLimits.DEFAULT.pace().patience());
    server.append(("x".repeat(8_000_000) + "\n").repeat(2));
    List<StuckClient> silent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      StuckClient client = new StuckClient(server.address("?tail=all"));
      silent.add(client);
      client.send(ClientFrames.close(1000));
    }
    assertEverybodyIsServed();
    server.awaitClients(0);
    for (StuckClient client : silent) {
      client.close();
    }
  }

  /** Each of the server's threads has some of these clients. */
  private void assertEverybodyIsServed() throws Exception {
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      try (LogClient client = server.connect("?tail=1&progress=keep")) {
        assertThat(client.next()).startsWith("[info] Showing last 1 lines");
        client.leave();
      }
    }
  }

  private void assertNothingIsMissingUntold(StuckClient stuck, int lines) throws IOException {
    int next = 0;
    int missing = 0;
    while (next < lines) {
      String message = stuck.next();
      Matcher skipped = SKIPPED.matcher(message);
      if (skipped.matches()) {
        int gap = Integer.parseInt(skipped.group(1));
        next += gap;
        missing += gap;
      } else {
        assertThat(message).startsWith(next + " ");
        next++;
      }
    }
    assertThat(next).isEqualTo(lines);
    assertThat(missing).isPositive();
    assertThat(server.clients().dropped()).isEqualTo(missing);
  }

  private static List<String> openFiles() throws IOException {
    List<String> files = new ArrayList<>();
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return files;
    }
    try (Stream<Path> links = Files.list(descriptors)) {
      for (Path link : links.toList()) {
        if (Files.isSymbolicLink(link)) {
          files.add(Files.readSymbolicLink(link).toString());
        }
      }
    }
    return files;
  }

  private String fingerprint() throws IOException {
    StringBuilder fingerprint = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        fingerprint.append(file).append(Files.getLastModifiedTime(file));
        if (Files.isRegularFile(file)) {
          fingerprint.append(Files.readString(file));
        }
      }
    }
    return fingerprint.toString();
  }
}
