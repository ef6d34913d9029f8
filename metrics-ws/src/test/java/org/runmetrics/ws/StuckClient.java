package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A client that reads only when told to, so that the connection fills up. */
final class StuckClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final DataInputStream in;

  StuckClient(URI address) throws IOException {
    // Small, so that little is on its way before the server notices.
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    String request =
        "GET "
            + address.getRawPath()
            + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    in = new DataInputStream(socket.getInputStream());
    skipHead();
  }

  /** Reads the next text message. */
  String next() throws IOException {
    return new String(next(1), UTF_8);
  }

  /** Reads the payload of the next answer to a ping. */
  byte[] nextPong() throws IOException {
    return next(10);
  }

  /** Sends bytes that need not be frames. */
  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Reads and answers nothing until the server ends the connection. */
  void awaitEnd() throws IOException {
    int head = 0;
    while ((head & 0x0F) != 8) {
      head = in.readUnsignedByte();
      in.readFully(new byte[length(in.readUnsignedByte())]);
    }
  }

  /** Reads on to the end and returns the code and the reason. */
  String closed() throws IOException {
    byte[] payload = next(8);
    return (((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF))
        + " "
        + new String(payload, 2, payload.length - 2, UTF_8);
  }

  /** Tells whether the server has closed the connection, with nothing more to read. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Hangs up without a word, and without reading what is there. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private byte[] next(int opcode) throws IOException {
    while (true) {
      int head = in.readUnsignedByte();
      byte[] payload = new byte[length(in.readUnsignedByte())];
      in.readFully(payload);
      if (head == (0x80 | opcode)) {
        return payload;
      }
    }
  }

  private int length(int code) throws IOException {
    return switch (code) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> code;
    };
  }

  private void skipHead() throws IOException {
    int last = 0;
    while (last != 0x0D0A0D0A) {
      last = last << 8 | in.readUnsignedByte();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
