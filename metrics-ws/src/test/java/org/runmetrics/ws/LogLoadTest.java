package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

/** Clients that are slow, many, gone, or left by the server. */
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
    server = with(Pace.DEFAULT, LogLimits.DEFAULT.idle());
  }

  private LogServer with(Pace pace, Duration idle) throws Exception {
    LogLimits limits = new LogLimits(new QueueBounds(50, 8 << 20), pace, idle);
    return new LogServer(embedded, root, Map.of(), limits);
  }

  /** Starts again with other times. */
  private void restart(Duration ping, Duration patience, Duration idle) throws Exception {
    server.close();
    server = with(new Pace(ping, patience, Duration.ofMillis(200)), idle);
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
  void two_thousand_connects_and_disconnects_leave_nothing_behind() throws Exception {
    server.append("one\n");
    String before = fingerprint();
    for (int i = 0; i < 2_000; i++) {
      LogClient client = server.connect("");
      assertThat(client.next()).isEqualTo("one");
      if (i % 2 == 0) {
        client.leave();
      } else {
        client.close();
        // The server learns of it later; until then the socket counts.
        awaitClients(0);
      }
    }
    awaitClients(0);
    await(() -> server.tails().size() == 0);
    assertThat(server.events().directories()).isZero();
    awaitNoWatch();
    while (openFiles().stream().anyMatch(file -> file.contains("logs.txt"))) {
      Thread.onSpinWait();
    }
    assertThat(openFiles()).noneMatch(file -> file.contains("inotify"));
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void quiet_connections_are_pinged() throws Exception {
    restart(PING, LogLimits.DEFAULT.pace().patience(), LogLimits.DEFAULT.idle());
    try (LogClient client = server.connect("")) {
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
    }
  }

  @Test
  void a_client_that_answers_no_ping_is_gone_and_one_that_does_stays() throws Exception {
    restart(PING, LogLimits.DEFAULT.pace().patience(), LogLimits.DEFAULT.idle());
    server.append("one\n");
    try (StuckClient gone = new StuckClient(server.address(""));
        LogClient here = server.connect("")) {
      assertThat(gone.next()).isEqualTo("one");
      assertThat(here.next()).isEqualTo("one");

      gone.awaitEnd();

      server.append("two\n");
      assertThat(here.next()).isEqualTo("two");
      awaitClients(1);
    }
  }

  @Test
  void a_client_that_takes_nothing_for_long_is_sent_away_to_come_back_later() throws Exception {
    restart(Duration.ofSeconds(2), Duration.ofMillis(400), LogLimits.DEFAULT.idle());
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    try (StuckClient stuck = new StuckClient(server.address("?tail=all"));
        LogClient fast = server.connect("?tail=1")) {
      assertThat(fast.next()).startsWith("[info] Showing last 1 lines");
      await(() -> server.clients().leaving() == 1);

      assertThat(stuck.closed()).isEqualTo("1013 Nothing was read");
    }
  }

  @Test
  void a_client_that_takes_nothing_even_then_is_cut_off() throws Exception {
    restart(PING, Duration.ofMillis(400), LogLimits.DEFAULT.idle());
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    try (StuckClient stuck = new StuckClient(server.address("?tail=all"));
        LogClient fast = server.connect("?tail=1")) {
      assertThat(fast.next()).startsWith("[info] Showing last 1 lines");
      awaitClients(1);
      assertThat(stuck.next()).startsWith("x");
    }
  }

  @Test
  void clients_that_hang_up_with_much_on_its_way_hold_up_nobody() throws Exception {
    restart(Duration.ofSeconds(2), Duration.ofMillis(100), LogLimits.DEFAULT.idle());
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    int many = 4 * Runtime.getRuntime().availableProcessors();
    List<StuckClient> clients = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      clients.add(new StuckClient(server.address("?tail=all")));
    }
    await(() -> server.clients().leaving() == many);
    for (StuckClient client : clients) {
      client.reset();
    }
    assertEverybodyIsServed();
    awaitClients(0);
  }

  @Test
  void clients_that_say_goodbye_and_do_not_read_hold_up_nobody() throws Exception {
    restart(PING, LogLimits.DEFAULT.pace().patience(), LogLimits.DEFAULT.idle());
    server.append(("x".repeat(8_000_000) + "\n").repeat(2));
    List<StuckClient> silent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      StuckClient client = new StuckClient(server.address("?tail=all"));
      silent.add(client);
      client.send(ClientFrames.close(1000));
    }
    assertEverybodyIsServed();
    awaitClients(0);
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

  @Test
  void a_log_that_nobody_writes_any_more_is_left_after_a_while() throws Exception {
    restart(PING, LogLimits.DEFAULT.pace().patience(), Duration.ofMillis(200));
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      assertThat(client.next()).isEqualTo("[info] Connection timeout after 1 hour of inactivity");
      assertThat(client.closed()).isEqualTo("1000 Inactive");
    }
  }

  @Test
  void who_waits_for_a_log_that_is_not_there_yet_may_wait() throws Exception {
    restart(PING, LogLimits.DEFAULT.pace().patience(), Duration.ofMillis(20));
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).startsWith("[info] No logs available yet");
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
      server.append("one\n");
      assertThat(client.next()).isEqualTo("one");
    }
  }

  private void awaitClients(int count) {
    await(() -> server.clients().size() == count);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).as(LogLoadTest::threads).isTrue();
  }

  /** Tells what all threads do, for whoever looks why something did not happen. */
  private static String threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .map(thread -> thread.getKey() + " " + Arrays.toString(thread.getValue()))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void a_server_that_shuts_down_says_so() throws Exception {
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      server.shutDownApplication();
      assertThat(client.closed()).isEqualTo("1001 The server is shutting down");
    }
    awaitClients(0);
    await(() -> server.tails().size() == 0);
    awaitNoWatch();
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

  /** Waits until no thread of file events is left, and so no watch. */
  private static void awaitNoWatch() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("file-events")) {
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
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
