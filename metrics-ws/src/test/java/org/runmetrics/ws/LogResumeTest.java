package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The subprotocol, and going on where a client left off. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(120)
class LogResumeTest {
  private static final String LOG = "one\n\nzwölf 🎉\r\n \u001B[31mthree\u001B[0m\"\n";

  private final EmbeddedServer embedded;

  @TempDir Path root;
  private LogServer server;

  LogResumeTest(EmbeddedServer embedded) {
    this.embedded = embedded;
  }

  @BeforeEach
  void start() throws Exception {
    server =
        new LogServer(
            embedded, root, Map.of("metrics.websocket.per-client", "1000"), LogLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_line_tells_the_offset_behind_it() throws Exception {
    server.append(LOG);
    try (LogClient client = server.connect("", Subprotocol.V1_NAME)) {
      assertThat(client.subprotocol()).isEqualTo(Subprotocol.V1_NAME);
      assertThat(message(client)).isEqualTo(new Numbered(4, "one"));
      assertThat(message(client)).isEqualTo(new Numbered(18, "zwölf 🎉"));
      long size = LOG.getBytes(UTF_8).length;
      assertThat(message(client)).isEqualTo(new Numbered(size, " \u001B[31mthree\u001B[0m\""));
      server.append("four\n");
      assertThat(message(client)).isEqualTo(new Numbered(size + 5, "four"));
    }
  }

  @Test
  void words_about_the_log_are_messages_too() throws Exception {
    try (LogClient client = server.connect("", Subprotocol.V1_NAME)) {
      assertThat(message(client).line()).startsWith("[info] No logs available yet");
    }
    server.append("one\ntwo\n");
    try (LogClient client = server.connect("?tail=1", Subprotocol.V1_NAME)) {
      assertThat(message(client)).isEqualTo(new Numbered(4, "[info] Showing last 1 lines of 2"));
      assertThat(message(client)).isEqualTo(new Numbered(8, "two"));
      Files.writeString(server.log(), "");
      assertThat(message(client)).isEqualTo(new Numbered(0, "[info] Log was truncated"));
    }
    try (LogClient client = server.connect("?tail=x", Subprotocol.V1_NAME)) {
      assertThat(message(client).line()).startsWith("[error] tail must be");
    }
  }

  @Test
  void a_client_goes_on_behind_every_line_and_starts_over_anywhere_else() throws Exception {
    server.append(LOG);
    byte[] bytes = LOG.getBytes(UTF_8);
    for (int offset = 0; offset <= bytes.length + 3; offset++) {
      try (LogClient client = server.connect("?tail=1&after=" + offset)) {
        boolean behindLine = offset == 0 || (offset <= bytes.length && bytes[offset - 1] == '\n');
        List<String> expected = new ArrayList<>();
        if (!behindLine) {
          expected.add("[info] Log was truncated");
        }
        expected.addAll(linesBehind(bytes, behindLine ? offset : 0));
        server.append("live " + offset + "\n");
        expected.add("live " + offset);
        assertThat(client.next(expected.size())).as("after=%d", offset).isEqualTo(expected);
        Files.write(server.log(), bytes);
      }
    }
  }

  @Test
  void a_client_that_resumes_again_and_again_misses_nothing_and_sees_nothing_twice()
      throws Exception {
    server.append("line 0\nline 1\n");
    long offset = 0;
    for (int i = 0; i < 50; i++) {
      try (LogClient client = server.connect("?after=" + offset, Subprotocol.V1_NAME)) {
        Numbered message = message(client);
        assertThat(message.line()).isEqualTo("line " + i);
        offset = message.offset();
        server.append("line " + (i + 2) + "\n");
      }
    }
  }

  @Test
  void a_client_that_resumes_before_the_log_is_there_waits_for_it() throws Exception {
    try (LogClient client = server.connect("?after=100")) {
      assertThat(client.next()).startsWith("[info] No logs available yet");
      server.append("one\n");
      assertThat(client.next()).isEqualTo("one");
    }
  }

  /** A message of version 1. */
  private record Numbered(long offset, String line) {}

  private static List<String> linesBehind(byte[] bytes, int offset) {
    String rest = new String(Arrays.copyOfRange(bytes, offset, bytes.length), UTF_8);
    return rest.lines().filter(line -> !line.isBlank()).toList();
  }

  private static Numbered message(LogClient client) throws Exception {
    try (var reader = Json.createReader(new StringReader(client.next()))) {
      JsonObject object = reader.readObject();
      assertThat(object).hasSize(2);
      return new Numbered(
          object.getJsonNumber("offset").longValueExact(), object.getString("line"));
    }
  }
}
