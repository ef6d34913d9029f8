package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets of a log that exists, appears, grows, shrinks and is replaced. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(120)
class LogSocketTest {
  private final EmbeddedServer embedded;

  @TempDir Path root;
  private LogServer server;

  LogSocketTest(EmbeddedServer embedded) {
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
  void the_log_is_sent_and_then_what_is_written() throws Exception {
    server.append("one\ntwo\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next(2)).containsExactly("one", "two");
      server.append("three\n");
      assertThat(client.next()).isEqualTo("three");
      assertThat(client.subprotocol()).isEmpty();
    }
  }

  @Test
  void the_first_message_tells_what_the_tail_leaves_out() throws Exception {
    server.append("one\n\ntwo\nthree\n");
    try (LogClient client = server.connect("?tail=2")) {
      assertThat(client.next(3))
          .containsExactly("[info] Showing last 2 lines of 3", "two", "three");
    }
    try (LogClient client = server.connect("?tail=3")) {
      assertThat(client.next(3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void ten_thousand_lines_are_sent_unless_all_are_asked_for() throws Exception {
    List<String> lines = IntStream.rangeClosed(1, 25_000).mapToObj(i -> "line " + i).toList();
    server.append(String.join("\n", lines) + "\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("[info] Showing last 10000 lines of 25000");
      assertThat(client.next(10_000)).isEqualTo(lines.subList(15_000, 25_000));
    }
    try (LogClient client = server.connect("?tail=all")) {
      assertThat(client.next(25_000)).isEqualTo(lines);
      server.append("more\n");
      assertThat(client.next()).isEqualTo("more");
    }
  }

  @Test
  void a_line_written_in_two_halves_arrives_once_whole() throws Exception {
    server.append("one\nha");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      server.append("lf\nnext");
      assertThat(client.next()).isEqualTo("half");
      server.append("\n");
      assertThat(client.next()).isEqualTo("next");
    }
  }

  @Test
  void a_character_split_over_two_writes_arrives_whole() throws Exception {
    byte[] line = "größer 🎉\n".getBytes(UTF_8);
    server.append("start\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("start");
      for (byte b : line) {
        server.append(new byte[] {b});
      }
      assertThat(client.next()).isEqualTo("größer 🎉");
    }
  }

  @Test
  void line_ends_blank_lines_and_a_byte_order_mark_are_not_sent() throws Exception {
    server.append("\uFEFFone\r\n\r\n \t \n\ntwo\r\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next(2)).containsExactly("one", "two");
      server.append("\r\n\nthree\r\n");
      assertThat(client.next()).isEqualTo("three");
    }
  }

  @Test
  void invalid_bytes_are_replaced_and_the_line_kept() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a".getBytes(UTF_8));
    bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC3});
    bytes.writeBytes("b\n".getBytes(UTF_8));
    server.append(bytes.toByteArray());
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("a\uFFFD\uFFFDb");
    }
  }

  @Test
  void a_line_of_a_megabyte_arrives_in_two_messages_as_history_and_live() throws Exception {
    String line = "ü".repeat(1 << 19);
    server.append(line + "\n");
    try (LogClient client = server.connect("")) {
      assertThat(String.join("", client.next(2))).isEqualTo(line);
      server.append(line + "!\n");
      String first = client.next();
      assertThat(first.getBytes(UTF_8).length).isBetween(900_000, 1_000_000);
      assertThat(first + client.next()).isEqualTo(line + "!");
    }
  }

  @Test
  void colours_are_kept() throws Exception {
    server.append("\u001B[31mred\u001B[0m\n");
    try (LogClient client = server.connect("?progress=drop")) {
      assertThat(client.next()).isEqualTo("\u001B[31mred\u001B[0m");
    }
  }

  @Test
  void a_log_that_is_not_there_yet_is_waited_for() throws Exception {
    try (LogClient client = server.connect("?tail=1")) {
      assertThat(client.next())
          .isEqualTo("[info] No logs available yet. Waiting for logs to be created...");
      server.append("one\n");
      server.append("two\n");
      assertThat(client.next(2)).containsExactly("one", "two");
    }
  }

  @Test
  void a_truncated_log_is_sent_from_its_start() throws Exception {
    server.append("one\ntwo\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next(2)).containsExactly("one", "two");
      Files.writeString(server.log(), "new\n");
      assertThat(client.next(2)).containsExactly("[info] Log was truncated", "new");
      Files.writeString(server.log(), "");
      assertThat(client.next()).isEqualTo("[info] Log was truncated");
      server.append("newer\n");
      assertThat(client.next()).isEqualTo("newer");
    }
  }

  @Test
  void a_rotated_log_is_followed_without_a_word() throws Exception {
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      server.append("two\n");
      Files.move(server.log(), server.log().resolveSibling("logs.txt.1"));
      server.append("three\n");
      assertThat(client.next(2)).containsExactly("two", "three");
    }
  }

  @Test
  void a_log_that_is_deleted_and_comes_back_is_followed() throws Exception {
    server.append("one\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("one");
      Files.delete(server.log());
      server.append("two\n");
      assertThat(client.next()).isEqualTo("two");
    }
  }

  @Test
  void a_log_that_is_replaced_by_another_file_is_followed() throws Exception {
    server.append("a long first line\n");
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).isEqualTo("a long first line");
      Path other = Files.writeString(server.log().resolveSibling("other"), "two\nthree\n");
      Files.move(other, server.log(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(client.next(2)).containsExactly("two", "three");
    }
  }

  @Test
  void what_clients_send_is_ignored() throws Exception {
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).startsWith("[info] No logs");
      client.send("hello");
      server.append("one\n");
      assertThat(client.next()).isEqualTo("one");
    }
  }

  @Test
  void every_client_gets_every_line_of_a_log_that_is_being_written() throws Exception {
    server.append("line 0\n");
    int lines = 2_000;
    Thread writer =
        new Thread(
            () -> {
              for (int i = 1; i <= lines; i++) {
                try {
                  server.append("line " + i + "\n");
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              }
            });
    writer.start();
    List<LogClient> clients =
        IntStream.range(0, 9).mapToObj(i -> server.connect("?tail=all")).toList();
    for (LogClient client : clients) {
      assertThat(client.next(lines + 1))
          .isEqualTo(IntStream.rangeClosed(0, lines).mapToObj(i -> "line " + i).toList());
      client.close();
    }
    writer.join();
  }
}
