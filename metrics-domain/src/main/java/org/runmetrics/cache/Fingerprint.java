package org.runmetrics.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * The beginning and the end of what was read of a file.
 *
 * <p>A file that was written anew under the same identity differs there: its first event has
 * another time. Immutable.
 */
final class Fingerprint {
  private static final int BYTES = 4096;

  private final long offset;
  private final byte[] head;
  private final byte[] tail;

  private Fingerprint(long offset, byte[] head, byte[] tail) {
    this.offset = offset;
    this.head = head;
    this.tail = tail;
  }

  /** Takes the fingerprint of a file up to an offset. */
  static Fingerprint of(SeekableByteChannel channel, long offset) throws IOException {
    long tailStart = Math.max(0, offset - BYTES);
    return new Fingerprint(
        offset,
        read(channel, 0, Math.min(offset, BYTES)),
        read(channel, tailStart, offset - tailStart));
  }

  /** Tells whether a file still begins with what was read. */
  boolean matches(SeekableByteChannel channel) throws IOException {
    Fingerprint now = of(channel, offset);
    return Arrays.equals(head, now.head) && Arrays.equals(tail, now.tail);
  }

  /** Reads as many of the bytes as the file has. */
  private static byte[] read(SeekableByteChannel channel, long from, long length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    channel.position(from);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Goes on until the buffer is full or the file ends.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
