package org.runmetrics.frame;

import java.nio.ByteBuffer;

/** What a client says about the connection, apart from messages. */
public sealed interface Control {

  /** Asks whether the server is there; the payload, at most 125 bytes, is to be sent back. */
  record Ping(ByteBuffer payload) implements Control {}

  /** Answers a ping. */
  record Pong() implements Control {}

  /** Says goodbye, or answers the server's. */
  record Close(Goodbye goodbye) implements Control {}

  /** What a client that speaks WebSocket cannot say; the reason is for people. */
  record Malformed(String reason) implements Control {}
}
