package org.runmetrics.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frames to be written at once.
 *
 * <p>A write to a connection costs the server, and the read of it the client, far more than a short
 * frame does. For use by one thread.
 */
public final class FrameBatch {
  private static final int FINAL = 0x80;

  /** Lengths up to here stand in the second byte, longer ones behind it in two or eight. */
  private static final int MAX_SHORT = 125;

  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Starts without frames. */
  public FrameBatch() {}

  /** Adds a message; half a surrogate pair becomes a question mark. */
  public void addText(String text) {
    add(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a ping without payload. */
  public void addPing() {
    add(Opcode.PING, new byte[0]);
  }

  /** Adds the answer to a ping. */
  public void addPong(ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    add(Opcode.PONG, copy);
  }

  /** Adds a goodbye; nothing may follow it. */
  public void addClose(Goodbye goodbye) {
    byte[] reason = goodbye.reason().getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(goodbye.code() == 0 ? 0 : 2 + reason.length);
    if (goodbye.code() != 0) {
      payload.putShort((short) goodbye.code()).put(reason);
    }
    add(Opcode.CLOSE, payload.array());
  }

  /** Returns how many bytes there are to write. */
  public int size() {
    return bytes.size();
  }

  /** Returns the frames in an array of their length. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private void add(Opcode opcode, byte[] payload) {
    bytes.write(FINAL | opcode.code());
    if (payload.length <= MAX_SHORT) {
      bytes.write(payload.length);
    } else if (payload.length <= 0xFFFF) {
      bytes.write(TWO_BYTES);
      writeLength(payload.length, Short.BYTES);
    } else {
      bytes.write(EIGHT_BYTES);
      writeLength(payload.length, Long.BYTES);
    }
    bytes.write(payload, 0, payload.length);
  }

  /** The most significant byte comes first. */
  private void writeLength(long length, int count) {
    for (int i = count - 1; i >= 0; i--) {
      bytes.write((int) (length >>> (Byte.SIZE * i)));
    }
  }
}
