package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not get a log, and what they are told. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(60)
class LogRefusalTest {
  private final EmbeddedServer embedded;

  @TempDir Path root;
  private LogServer server;

  LogRefusalTest(EmbeddedServer embedded) {
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

  @ParameterizedTest
  @CsvSource({
    "20990101_000000_ffffff, 20990101_000000_ffffff",
    "%2e%2e, ..",
    ".., ..",
    "%252e%252e, %2e%2e",
    "..%5C..%5Csecret, ..\\..\\secret",
    "%00x, '\0x'",
    "a+b%20c, a+b c",
    "gr%C3%B6%C3%9Fer, größer"
  })
  void an_unknown_run_is_named_and_the_socket_closed(String rawId, String id) throws Exception {
    try (LogClient client = LogClient.connect(server.addressOf(rawId, "?tail=5"), List.of())) {
      assertThat(client.next()).isEqualTo("[error] Run not found: " + id);
      assertThat(client.closed()).isEqualTo("1008 Run not found");
    }
  }

  @Test
  void an_encoded_slash_reaches_nothing() throws Exception {
    Files.writeString(root.resolve("logs.txt"), "secret\n");
    Files.writeString(root.resolve("meta.json"), "{}");
    // The usual client would decode the slashes before it sends them.
    String rawId = "..%2F..%2F" + root.getFileName();
    try (StuckClient client = new StuckClient(server.addressOf(rawId, ""))) {
      assertThat(client.next()).startsWith("[error] Run not found: ../../");
    }
  }

  @Test
  void an_id_with_blanks_and_umlauts_is_decoded_once() throws Exception {
    Files.writeString(server.addRun("100% größer +1"), "here\n");
    String rawId = "100%25%20gr%C3%B6%C3%9Fer%20+1";
    try (LogClient client = LogClient.connect(server.addressOf(rawId, ""), List.of())) {
      assertThat(client.next()).isEqualTo("here");
    }
  }

  @Test
  void a_log_that_links_out_of_the_storage_is_not_there(@TempDir Path outside) throws Exception {
    Path secret = Files.writeString(outside.resolve("secret"), "secret\n");
    Files.createSymbolicLink(server.log(), secret);
    try (LogClient client = server.connect("")) {
      assertThat(client.next()).startsWith("[info] No logs available yet");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1000001", "99999999999999999999", "x", "", "ALL", "1.5"})
  void a_bad_tail_is_refused(String value) throws Exception {
    assertRefused(
        "tail=" + value, "tail must be a number of lines from 1 to 1000000 or all, not " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "", "Keep"})
  void a_bad_progress_is_refused(String value) throws Exception {
    assertRefused("progress=" + value, "progress must be keep, drop or collapse, not " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "9999999999999999999"})
  void a_bad_offset_is_refused(String value) throws Exception {
    assertRefused("after=" + value, "after must be a byte offset of the log, not " + value);
  }

  @Test
  void an_unknown_parameter_is_refused_and_the_nearest_known_one_named() throws Exception {
    assertRefused(
        "tial=5",
        "Unknown parameter tial, did you mean tail? Known are tail, progress, after and bar");
  }

  @Test
  void a_parameter_that_is_repeated_is_refused() throws Exception {
    assertRefused("tail=5&tail=6", "tail must be given once");
  }

  @Test
  void a_long_bad_value_is_not_echoed_whole() throws Exception {
    try (LogClient client = server.connect("?tail=" + "9".repeat(2000))) {
      assertThat(client.next()).hasSizeLessThan(200).endsWith("…");
    }
  }

  @Test
  void an_eleventh_socket_is_refused_until_another_closes() throws Exception {
    server.append("one\n");
    List<LogClient> clients = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      clients.add(server.connect(""));
      assertThat(clients.get(i).next()).isEqualTo("one");
    }
    try (LogClient refused = server.connect("")) {
      assertThat(refused.closed()).isEqualTo("1013 At most 10 log sockets for each client");
    }
    clients.get(0).leave();
    // The client may know of the goodbye before the server has counted it.
    String first = "(closed 1013)";
    for (int attempt = 0; attempt < 1_000 && first.equals("(closed 1013)"); attempt++) {
      try (LogClient accepted = server.connect("")) {
        first = accepted.next();
      }
    }
    assertThat(first).isEqualTo("one");
    clients.forEach(LogClient::close);
  }

  private void assertRefused(String query, String message) throws Exception {
    try (LogClient client = server.connect("?" + query)) {
      assertThat(client.next()).isEqualTo("[error] " + message);
      assertThat(client.closed()).isEqualTo("1008 Bad parameter");
    }
  }

  @Test
  void a_page_that_may_not_read_gets_no_socket() throws Exception {
    server.close();
    server =
        new LogServer(
            embedded,
            root,
            Map.of("metrics.origins", "https://lab.example.org"),
            LogLimits.DEFAULT);

    assertThat(answerToPageOf("https://elsewhere.org")).startsWith("HTTP/1.1 4");
    assertThat(answerToPageOf("https://lab.example.org")).startsWith("HTTP/1.1 101");
  }

  private String answerToPageOf(String origin) throws IOException {
    URI address = server.address("");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request =
          String.join(
              "\r\n",
              "GET " + address.getRawPath() + " HTTP/1.1",
              "Host: localhost",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13",
              "Origin: " + origin,
              "\r\n");
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }
}
