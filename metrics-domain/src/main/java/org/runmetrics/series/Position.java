package org.runmetrics.series;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How far a file of events was read, in a form that can be found again after any restart.
 *
 * @param size what the file had then, in bytes
 * @param modified when the file had last been written then, in nanoseconds since the epoch
 * @param offset byte offset after the last line read
 * @param events metrics events up to there
 * @param whole whether a line feed ended the last line; if not, it may yet turn into another
 * @param content digest of the file's identity and of both ends of what was read, in hexadecimal
 */
public record Position(
    long size, long modified, long offset, long events, boolean whole, String content) {
  /** The length of {@link #content()} in bytes. */
  public static final int CONTENT_BYTES = 16;

  /** In front of the first event of any file; nothing that was known there can be out of date. */
  public static final Position START = new Position(0, 0, 0, 0, true, "00".repeat(CONTENT_BYTES));

  /** In a file that is not there any more: whoever was there begins anew. */
  public static final Position NOWHERE =
      new Position(0, 0, 0, 0, false, "00".repeat(CONTENT_BYTES));

  /** Raised when tokens change, or what counts as a metrics event does. */
  private static final byte VERSION = 1;

  private static final int TOKEN_BYTES = 2 + 4 * Long.BYTES + CONTENT_BYTES;

  /** Reads what {@link #token()} wrote, and nothing else. */
  public static Optional<Position> ofToken(String token) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
    if (bytes.remaining() != TOKEN_BYTES || bytes.get() != VERSION) {
      return Optional.empty();
    }
    boolean whole = bytes.get() == 1;
    Position position =
        new Position(
            bytes.getLong(),
            bytes.getLong(),
            bytes.getLong(),
            bytes.getLong(),
            whole,
            HexFormat.of().formatHex(bytes.array(), bytes.position(), TOKEN_BYTES));
    return Optional.of(position).filter(it -> it.isPossible() && it.token().equals(token));
  }

  /** Returns the position as a short text that is safe in a header and in an address. */
  public String token() {
    ByteBuffer bytes = ByteBuffer.allocate(TOKEN_BYTES);
    bytes.put(VERSION).put((byte) (whole ? 1 : 0));
    bytes.putLong(size).putLong(modified).putLong(offset).putLong(events);
    bytes.put(HexFormat.of().parseHex(content));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Returns whether a file read up to here may since have become what was read up to a later place,
   * if its content says so too.
   *
   * <p>A file that was written without growing was changed somewhere in what was read.
   */
  public boolean mayGrowInto(Position later) {
    boolean grown = size < later.size;
    boolean untouched = size == later.size && modified == later.modified;
    return whole && (grown || untouched) && offset <= later.offset && events <= later.events;
  }

  /**
   * Returns the place of somebody who read the file up to here, and may have been told of anything,
   * but was told of some of the first events alone in full.
   */
  public Position after(long firstEvents) {
    return new Position(size, modified, offset, firstEvents, whole, content);
  }

  private boolean isPossible() {
    return events >= 0 && offset >= 0 && offset <= size && events <= offset;
  }
}
