package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.frame.ClientFrames;

/** Clients that are slow, many, gone, or left by the server. */
@Timeout(180)
class LogLoadTest {
  private static final Pattern SKIPPED = Pattern.compile("\\[info\\] (\\d+) lines skipped");

  @TempDir Path root;
  private LogServer server;

  @BeforeEach
  void start() throws Exception {
    server = with(SessionLimits.DEFAULT);
  }

  private LogServer with(SessionLimits limits) throws Exception {
    return new LogServer(root, Map.of(), limits.withQueue(new QueueBounds(50, 8 << 20)));
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
        awaitNoThreads();
      }
    }
    awaitNoThreads();
    assertThat(server.sessions().size()).isZero();
    assertThat(server.tails().size()).isZero();
    assertThat(server.events().directories()).isZero();
    assertThat(openFiles()).noneMatch(file -> file.contains("logs.txt"));
    assertThat(openFiles()).noneMatch(file -> file.contains("inotify"));
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void quiet_connections_are_pinged() throws Exception {
    server.close();
    server = with(SessionLimits.DEFAULT.withPing(Duration.ofMillis(20)));
    try (LogClient client = server.connect("")) {
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
    }
  }

  @Test
  void a_client_that_answers_no_ping_is_gone_and_one_that_does_stays() throws Exception {
    server.close();
    server = with(SessionLimits.DEFAULT.withPing(Duration.ofMillis(200)));
    server.append("one\n");
    try (StuckClient gone = new StuckClient(server.address(""));
        LogClient here = server.connect("")) {
      assertThat(gone.next()).isEqualTo("one");
      assertThat(here.next()).isEqualTo("one");

      gone.awaitEnd();

      server.append("two\n");
      assertThat(here.next()).isEqualTo("two");
      awaitSessions(1);
    }
  }

  @Test
  void a_client_that_takes_nothing_for_long_is_sent_away_to_come_back_later() throws Exception {
    server.close();
    server =
        with(
            SessionLimits.DEFAULT
                .withPing(Duration.ofSeconds(2))
                .withPatience(Duration.ofMillis(400)));
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    try (StuckClient stuck = new StuckClient(server.address("?tail=all"));
        LogClient fast = server.connect("?tail=1")) {
      assertThat(fast.next()).startsWith("[info] Showing last 1 lines");
      await(() -> server.sessions().leaving() == 1);

      assertThat(stuck.closed()).isEqualTo("1013 Nothing was read");
    }
  }

  @Test
  void a_client_that_takes_nothing_even_then_is_cut_off() throws Exception {
    server.close();
    server =
        with(
            SessionLimits.DEFAULT
                .withPing(Duration.ofMillis(50))
                .withPatience(Duration.ofMillis(400)));
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    try (StuckClient stuck = new StuckClient(server.address("?tail=all"));
        LogClient fast = server.connect("?tail=1")) {
      assertThat(fast.next()).startsWith("[info] Showing last 1 lines");
      awaitSessions(1);

      assertThatThrownBy(stuck::closed).isInstanceOfAny(EOFException.class, SocketException.class);
    }
  }

  @Test
  void clients_that_hang_up_with_much_on_its_way_hold_up_nobody() throws Exception {
    server.close();
    server =
        with(
            SessionLimits.DEFAULT
                .withPing(Duration.ofSeconds(2))
                .withPatience(Duration.ofMillis(100)));
    server.append(("x".repeat(9_999) + "\n").repeat(2_000));
    int many = 4 * Runtime.getRuntime().availableProcessors();
    List<StuckClient> clients = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      clients.add(new StuckClient(server.address("?tail=all")));
    }
    await(() -> server.sessions().leaving() == many);
    for (StuckClient client : clients) {
      client.reset();
    }
    assertEverybodyIsServed();
    awaitSessions(0);
  }

  @Test
  void clients_that_say_goodbye_and_do_not_read_hold_up_nobody() throws Exception {
    server.close();
    server = with(SessionLimits.DEFAULT.withPing(Duration.ofMillis(200)));
    server.append(("x".repeat(8_000_000) + "\n").repeat(2));
    List<StuckClient> silent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      StuckClient client = new StuckClient(server.address("?tail=all"));
      silent.add(client);
      client.send(ClientFrames.close(1000));
    }
    assertEverybodyIsServed();
    awaitSessions(0);
    for (StuckClient client : silent) {
      client.close();
    }
  }

  @Test
  void a_client_that_only_pings_is_cut_off() throws Exception {
    server.append("one\n");
    byte[] ping = ClientFrames.frame(0x89, new byte[0]);
    byte[] pings = new byte[1_000 * ping.length];
    for (int i = 0; i < pings.length; i += ping.length) {
      System.arraycopy(ping, 0, pings, i, ping.length);
    }
    try (StuckClient flood = new StuckClient(server.address(""))) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  flood.send(pings);
                }
              })
          .isInstanceOf(SocketException.class);
    }
    awaitSessions(0);
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
    server.close();
    server =
        with(
            SessionLimits.DEFAULT.withPing(Duration.ofMillis(50)).withIdle(Duration.ofMillis(200)));
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      assertThat(client.next()).isEqualTo("[info] Connection timeout after 1 hour of inactivity");
      assertThat(client.closed()).isEqualTo("1000 Inactive");
    }
  }

  @Test
  void who_waits_for_a_log_that_is_not_there_yet_may_wait() throws Exception {
    server.close();
    server =
        with(SessionLimits.DEFAULT.withPing(Duration.ofMillis(20)).withIdle(Duration.ofMillis(20)));
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).startsWith("[info] No logs available yet");
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
      assertThat(client.isPinged()).isTrue();
      server.append("one\n");
      assertThat(client.next()).isEqualTo("one");
    }
  }

  private void awaitSessions(int count) {
    await(() -> server.sessions().size() == count);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void a_server_that_shuts_down_says_so() throws Exception {
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      server.shutDownApplication();
      assertThat(client.closed()).isEqualTo("1001 The server is shutting down");
    }
    awaitNoThreads();
    assertThat(server.tails().size()).isZero();
  }

  private static void assertNothingIsMissingUntold(StuckClient stuck, int lines)
      throws IOException {
    int next = 0;
    int gaps = 0;
    while (next < lines) {
      String message = stuck.next();
      Matcher skipped = SKIPPED.matcher(message);
      if (skipped.matches()) {
        next += Integer.parseInt(skipped.group(1));
        gaps++;
      } else {
        assertThat(message).startsWith(next + " ");
        next++;
      }
    }
    assertThat(next).isEqualTo(lines);
    assertThat(gaps).isPositive();
  }

  /** Waits until no thread of the log socket, of the tails or of file events is left. */
  private static void awaitNoThreads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (isOurs(thread)) {
        thread.join(20_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static boolean isOurs(Thread thread) {
    return thread.getName().startsWith("log-") || thread.getName().startsWith("FileSystemWatch");
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
