package org.runmetrics.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.runmetrics.file.FileStamp;
import org.runmetrics.series.Position;

/**
 * Digests of the beginning and the end of what was read of a file.
 *
 * <p>A file that was written anew under the same identity differs there: its first event has
 * another time.
 *
 * @param offset byte offset after what was read
 * @param head SHA-256 of its first 4 KiB
 * @param tail SHA-256 of its last 4 KiB
 */
public record Fingerprint(long offset, String head, String tail) {
  private static final int BYTES = 4096;

  /** Takes the fingerprint of a file up to an offset. */
  static Fingerprint of(SeekableByteChannel channel, long offset) throws IOException {
    long tailStart = Math.max(0, offset - BYTES);
    return new Fingerprint(
        offset,
        digest(channel, 0, Math.min(offset, BYTES)),
        digest(channel, tailStart, offset - tailStart));
  }

  /** Returns whether a file still begins with what was read. */
  boolean matches(SeekableByteChannel channel) throws IOException {
    return of(channel, offset).equals(this);
  }

  /**
   * Returns the position after what was read.
   *
   * @param file the file that it was read of, when it was read
   * @param events metrics events that were found
   * @param whole whether a line feed ended the last line
   */
  public Position position(FileStamp file, long events, boolean whole) {
    return new Position(
        file.size(),
        file.modified().to(TimeUnit.NANOSECONDS),
        offset,
        events,
        whole,
        content(file.key()));
  }

  /** Returns what {@link Position#content()} is for a file of an identity. */
  String content(String key) {
    byte[] text = String.join("\n", key, head, tail).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(sha256(ByteBuffer.wrap(text)), 0, Position.CONTENT_BYTES);
  }

  /** Digests as many of the bytes as the file has. */
  private static String digest(SeekableByteChannel channel, long from, long length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    channel.position(from);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Goes on until the buffer is full or the file ends.
    }
    return HexFormat.of().formatHex(sha256(bytes.flip()));
  }

  private static byte[] sha256(ByteBuffer bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(bytes);
      return sha.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}
