package org.runmetrics.line;

/**
 * Room for lines, which serves one {@link LineReader} after the other.
 *
 * <p>A reader that reads a long file range by range would otherwise leave as many bytes to the
 * garbage collector, and touches as many that no cache of the processor holds. Not safe for use by
 * several threads.
 */
public final class LineRoom {
  private byte[] bytes = {};

  /** Returns at least so many bytes; what the reader before left there is still in them. */
  byte[] take(int length) {
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    return bytes;
  }
}
