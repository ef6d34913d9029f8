package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the socket says apart from the log, to clients that speak WebSocket well or not. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(60)
class LogProtocolTest {
  private static final String ASKED =
      String.join(
          "\r\n",
          "Upgrade: websocket",
          "Connection: keep-alive, Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final EmbeddedServer embedded;

  @TempDir Path root;
  private LogServer server;

  LogProtocolTest(EmbeddedServer embedded) {
    this.embedded = embedded;
  }

  @BeforeEach
  void start() throws Exception {
    server = new LogServer(embedded, root);
    server.append("one\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_example_of_the_standard_is_accepted() throws Exception {
    assertThat(answer("GET", ASKED))
        .startsWith("HTTP/1.1 101")
        .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
        .doesNotContainIgnoringCase("Sec-WebSocket-Protocol");
  }

  @ParameterizedTest
  @CsvSource({
    "'other, metrics.logs.v1', metrics.logs.v1",
    "metrics.logs.v2, metrics.logs.v2",
    "'metrics.logs.v1, metrics.logs.v2', metrics.logs.v1"
  })
  void the_subprotocol_is_one_of_those_on_offer(String offered, String chosen) throws Exception {
    assertThat(answer("GET", ASKED + "Sec-WebSocket-Protocol: " + offered + "\r\n"))
        .startsWith("HTTP/1.1 101")
        .containsIgnoringCase("Sec-WebSocket-Protocol: " + chosen + "\r\n");
  }

  @Test
  void who_asks_for_no_socket_is_told_what_this_is() throws Exception {
    assumeTrue(embedded == EmbeddedServer.UNDERTOW, "Without servlets only Tyrus answers");
    for (String asked :
        new String[] {
          answer("GET", ""),
          answer("POST", ASKED),
          answer("GET", ASKED.replace("Upgrade: websocket", "Upgrade: h2c")),
          answer("GET", ASKED.replace("keep-alive, Upgrade", "keep-alive")),
          answer("GET", ASKED.replace("Version: 13", "Version: 12")),
          answer("GET", ASKED.replace("Sec-WebSocket-Key", "Sec-WebSocket-Kez"))
        }) {
      assertThat(asked)
          .startsWith("HTTP/1.1 426")
          .containsIgnoringCase("Upgrade: websocket\r\n")
          .containsIgnoringCase("Content-Length: 53\r\n")
          .endsWith("{\"detail\":\"Logs are sent over WebSocket, version 13\"}");
    }
  }

  @Test
  void a_ping_is_answered_with_its_payload() throws Exception {
    try (StuckClient client = new StuckClient(server.address(""))) {
      client.send(ClientFrames.frame(0x89, "there?".getBytes(UTF_8)));

      assertThat(client.nextPong()).asString(UTF_8).isEqualTo("there?");
    }
  }

  @Test
  void a_goodbye_is_answered_with_its_code_and_ends_the_connection() throws Exception {
    try (StuckClient client = new StuckClient(server.address(""))) {
      client.send(ClientFrames.close(3001));

      assertThat(client.closed()).isEqualTo("3001 ");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void what_a_client_says_is_passed_over() throws Exception {
    try (StuckClient client = new StuckClient(server.address(""))) {
      client.send(ClientFrames.frame(0x02, new byte[100_000]));
      client.send(ClientFrames.frame(0x80, new byte[1_000]));
      assertThat(client.next()).isEqualTo("one");

      server.append("two\n");
      assertThat(client.next()).isEqualTo("two");
    }
  }

  @Test
  void what_is_no_frame_ends_the_connection() throws Exception {
    try (StuckClient client = new StuckClient(server.address(""))) {
      client.send(new byte[] {(byte) 0xFF, 0});

      client.awaitEnd();
    }
  }

  private String answer(String method, String headers) throws IOException {
    URI address = server.address("");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
              .formatted(method, address.getRawPath(), headers);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return answer(socket.getInputStream());
    }
  }

  /** Reads the head, and the body if there is one. */
  private static String answer(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      assertThat(next).as("The head ends").isNotNegative();
      head.write(next);
    }
    Matcher length = LENGTH.matcher(head.toString(UTF_8));
    int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head.toString(UTF_8) + new String(in.readNBytes(body), UTF_8);
  }
}
