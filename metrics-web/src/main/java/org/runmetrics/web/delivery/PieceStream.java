package org.runmetrics.web.delivery;

import java.io.IOException;
import java.io.OutputStream;

/** Hands an answer to the server in pieces, each of which the client must take in time. */
final class PieceStream extends OutputStream {
  private static final int PIECE_BYTES = 64 << 10;

  private final OutputStream server;
  private final ClientWait wait;

  PieceStream(OutputStream server, ClientWait wait) {
    this.server = server;
    this.wait = wait;
  }

  @Override
  public void write(int octet) throws IOException {
    wait.during(() -> server.write(octet));
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE_BYTES) {
      int start = from + done;
      int piece = Math.min(PIECE_BYTES, length - done);
      wait.during(() -> server.write(bytes, start, piece));
    }
  }

  @Override
  public void flush() throws IOException {
    wait.during(server::flush);
  }

  @Override
  public void close() throws IOException {
    wait.during(server::close);
  }
}
