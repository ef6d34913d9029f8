package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.frame.ClientFrames;

/** What the socket says apart from the log, to clients that speak WebSocket well or not. */
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

  @TempDir Path root;
  private LogServer server;

  @BeforeEach
  void start() throws Exception {
    server = new LogServer(root);
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
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
        .doesNotContain("Sec-WebSocket-Protocol");
  }

  @Test
  void the_subprotocol_is_one_of_those_on_offer() throws Exception {
    assertThat(answer("GET", ASKED + "Sec-WebSocket-Protocol: other, metrics.logs.v1\r\n"))
        .contains("Sec-WebSocket-Protocol: metrics.logs.v1\r\n");
    assertThat(answer("GET", ASKED + "Sec-WebSocket-Protocol: metrics.logs.v2\r\n"))
        .startsWith("HTTP/1.1 101")
        .doesNotContain("Sec-WebSocket-Protocol");
  }

  @Test
  void who_asks_for_no_socket_is_told_what_this_is() throws Exception {
    assertThat(answer("GET", ""))
        .startsWith("HTTP/1.1 426")
        .contains("Upgrade: websocket")
        .endsWith("{\"detail\":\"Logs are sent over WebSocket, version 13\"}");
    assertThat(answer("POST", ASKED)).startsWith("HTTP/1.1 426");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
    "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZQ==, 400",
    "dGhlIHNhbXBsZSBub25jZQ==, *, 400",
    "Sec-WebSocket-Key, X-Key, 400",
    "Upgrade: websocket, Upgrade: h2c, 426",
    "'keep-alive, Upgrade', keep-alive, 426"
  })
  void a_request_that_is_not_as_it_should_be_is_refused(String part, String by, int status)
      throws Exception {
    assertThat(answer("GET", ASKED.replace(part, by)))
        .startsWith("HTTP/1.1 " + status)
        .contains("{\"detail\":");
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
      client.send(new byte[] {(byte) 0x81, 0});

      assertThat(client.closed()).isEqualTo("1002 A client has to mask its frames");
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
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
