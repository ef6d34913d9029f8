package org.runmetrics.ws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames as a client sends them, proper or not. */
final class ClientFrames {
  private static final byte[] MASK = {0x12, (byte) 0xFE, 0x56, 0x00};

  private ClientFrames() {}

  /** Returns one frame, with the shortest length that there is. */
  static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    if (payload.length <= 125) {
      bytes.write(0x80 | payload.length);
    } else if (payload.length <= 0xFFFF) {
      bytes.write(0x80 | 126);
      bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      bytes.write(0x80 | 127);
      bytes.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    bytes.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      bytes.write(payload[i] ^ MASK[i % 4]);
    }
    return bytes.toByteArray();
  }

  /** Returns a goodbye. */
  static byte[] close(int code) {
    return frame(0x88, ByteBuffer.allocate(2).putShort((short) code).array());
  }
}
