package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of progress bars. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(60)
class LogProgressTest {
  private final EmbeddedServer embedded;

  @TempDir Path root;
  private LogServer server;

  LogProgressTest(EmbeddedServer embedded) {
    this.embedded = embedded;
  }

  @BeforeEach
  void start() throws Exception {
    server = new LogServer(embedded, root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keep_sends_a_redrawn_line_whole() throws Exception {
    server.append(tqdm());
    String[] lines = new String(tqdm(), UTF_8).split("\n");
    try (LogClient client = server.connect("?progress=keep")) {
      assertThat(client.next(lines.length)).containsExactly(lines);
    }
  }

  @Test
  void drop_leaves_no_bar() throws Exception {
    server.append(tqdm());
    server.append(" 5%|# | 5/100\nlast, 35 s elapsed\n");
    try (LogClient client = server.connect("?progress=drop")) {
      assertThat(client.next()).isEqualTo("start");
      String next = client.next();
      assertThat(next).doesNotContain("it/s").doesNotContain("%|");
      while (!next.equals("last, 35 s elapsed")) {
        assertThat(next).isNotBlank();
        next = client.next();
      }
      server.append(" 6%|# | 6/100\nEpoch 2\n");
      assertThat(client.next()).isEqualTo("Epoch 2");
    }
  }

  @Test
  void collapse_sends_the_latest_state_of_a_redrawn_line() throws Exception {
    server.append("\r 1%|# |\r 2%|##|\ndone\n");
    try (LogClient client = server.connect("?progress=collapse")) {
      assertThat(client.next(2)).containsExactly(" 2%|##|", "done");
    }
  }

  @Test
  void collapse_sends_the_last_of_several_bars() throws Exception {
    StringBuilder text = new StringBuilder("start\n");
    for (int i = 0; i < 100_000; i++) {
      text.append(i / 1000).append("%|# | ").append(i).append("/100000\n");
    }
    server.append(text + "done\n 1%|# | next\n");
    try (LogClient client = server.connect("?progress=collapse&tail=all")) {
      assertThat(client.next(4))
          .containsExactly("start", "99%|# | 99999/100000", "done", " 1%|# | next");
      server.append(" 2%|# | next\n");
      assertThat(client.next()).isEqualTo(" 2%|# | next");
    }
  }

  @Test
  void collapse_sends_the_state_of_a_line_that_has_no_end() throws Exception {
    server.append("start\n\r 1%|#  | 1/100\r 2%|#  | 2/100");
    try (LogClient client = server.connect("?progress=collapse")) {
      assertThat(client.next(2)).containsExactly("start", " 2%|#  | 2/100");
      server.append("\r 3%|#  | 3/100\n");
      assertThat(client.next()).isEqualTo(" 3%|#  | 3/100");
    }
  }

  @Test
  void a_bar_that_is_being_drawn_is_sent_apart() throws Exception {
    server.append("start\n\r 1%|#  | 1/100\r 2%|#  | 2/100");
    try (LogClient client = server.connect("?progress=collapse&bar=live", Subprotocol.V2_NAME)) {
      assertThat(client.next(2))
          .containsExactly("{\"lines\":[\"start\"],\"offset\":6}", "{\"bar\":\" 2%|#  | 2/100\"}");
      server.append("\r 3%|#  | 3/100");
      assertThat(client.next()).isEqualTo("{\"bar\":\" 3%|#  | 3/100\"}");
      try (LogClient other = server.connect("?after=6&bar=live", Subprotocol.V2_NAME)) {
        assertThat(other.next()).isEqualTo("{\"bar\":\" 3%|#  | 3/100\"}");
      }
      server.append("\r 4%|#  | 4/100\nnext\n");
      assertThat(client.next()).isEqualTo("{\"bar\":\"\"}");
      assertThat(client.next())
          .isEqualTo("{\"lines\":[\" 4%|#  | 4/100\",\"next\"],\"offset\":72}");
    }
  }

  @Test
  void a_bar_that_is_erased_or_lost_is_gone() throws Exception {
    server.append("\r 1%|#  | 1/100");
    try (LogClient client = server.connect("?bar=live", Subprotocol.V2_NAME)) {
      assertThat(client.next()).isEqualTo("{\"bar\":\" 1%|#  | 1/100\"}");
      server.append("\r                \r");
      assertThat(client.next()).isEqualTo("{\"bar\":\"\"}");
      server.append("45% (45 of 100) |###   |");
      assertThat(client.next()).isEqualTo("{\"bar\":\"45% (45 of 100) |###   |\"}");
      Files.writeString(server.log(), "");
      assertThat(client.next()).isEqualTo("{\"bar\":\"\"}");
      server.append("no bar yet");
      server.append(", nor now\n");
      assertThat(client.next()).startsWith("{\"lines\":[\"no bar yet, nor now\"]");
    }
  }

  @Test
  void a_bar_is_sent_apart_in_batches_alone() throws Exception {
    try (LogClient client = server.connect("?bar=live")) {
      assertThat(client.next()).isEqualTo("[error] bar needs the subprotocol metrics.logs.v2");
      assertThat(client.closed()).isEqualTo("1008 Bad parameter");
    }
    try (LogClient client = server.connect("?bar=on", Subprotocol.V2_NAME)) {
      assertThat(client.next()).isEqualTo("{\"error\":\"bar must be live, not on\"}");
    }
  }

  @Test
  void the_tail_counts_what_is_sent() throws Exception {
    server.append("one\ntwo\nthree\nfour\n" + " 5%|#  | 5/100\n".repeat(5000));
    try (LogClient client = server.connect("?progress=drop&tail=3")) {
      assertThat(client.next(4))
          .containsExactly("[info] Showing last 3 lines of 4", "two", "three", "four");
    }
  }

  @Test
  void a_long_line_goes_on_in_further_messages() throws Exception {
    server.append("x".repeat(1_500_000) + "\nnext\n");
    try (LogClient client = server.connect("?tail=all")) {
      assertThat(client.next(3))
          .containsExactly("x".repeat(1_000_000), "x".repeat(500_000), "next");
    }
  }

  @Test
  void the_last_line_of_a_run_that_has_ended_is_sent() throws Exception {
    server.append("one\ntwo");
    Files.writeString(server.log().resolveSibling("status.json"), "{\"status\": \"failed\"}");
    try (LogClient client = server.connect("")) {
      assertThat(client.next(2)).containsExactly("one", "two");
    }
  }

  private static byte[] tqdm() throws Exception {
    try (InputStream stream =
        Objects.requireNonNull(LogProgressTest.class.getResourceAsStream("/tqdm.txt"))) {
      return stream.readAllBytes();
    }
  }
}
