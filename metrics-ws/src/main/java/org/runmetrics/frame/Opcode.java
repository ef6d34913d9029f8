package org.runmetrics.frame;

import java.util.Arrays;
import java.util.Optional;

/** What a frame is. */
enum Opcode {
  CONTINUATION(0),
  TEXT(1),
  BINARY(2),
  CLOSE(8),
  PING(9),
  PONG(10);

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  static Optional<Opcode> of(int code) {
    return Arrays.stream(values()).filter(opcode -> opcode.code == code).findFirst();
  }

  int code() {
    return code;
  }

  /** Control frames may come between the frames of a message; they are short and whole. */
  boolean isControl() {
    return code >= CLOSE.code;
  }
}
