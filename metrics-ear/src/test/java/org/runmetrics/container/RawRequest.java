package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request with any header, such as a host of which the usual client knows better. */
record RawRequest(String path, List<String> headers) {
  static RawRequest get(String path, String... headers) {
    return new RawRequest(path, List.of(headers));
  }

  static RawRequest socket(String path, String... headers) {
    return get(
        path,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        String.join("\r\n", headers));
  }

  /** Returns the status of the answer. */
  int status(URL server) throws IOException {
    try (Socket socket = send(server)) {
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(answer.readLine().split(" ", 3)[1]);
    }
  }

  /** Returns the answer up to a text, or all of it if it does not come, and hangs up. */
  String answer(URL server, String end, boolean abruptly) throws IOException {
    try (Socket socket = send(server)) {
      // With no time to linger, the connection is reset.
      socket.setSoLinger(abruptly, 0);
      StringBuilder answer = new StringBuilder();
      InputStream input = socket.getInputStream();
      int next = 0;
      while (next >= 0 && answer.indexOf(end) < 0) {
        next = input.read();
        answer.append((char) next);
      }
      return answer.toString();
    }
  }

  /** Sends it, reads the status, which must be 200, and then nothing more. */
  Socket stalled(URL server) throws IOException {
    Socket socket = send(server);
    byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    return socket;
  }

  /** Sends it and reads nothing. */
  Socket unread(URL server) throws IOException {
    return send(server);
  }

  private Socket send(URL server) throws IOException {
    Socket socket = new Socket();
    // Small, so that a client that reads nothing is soon seen to do so.
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    String request = "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
