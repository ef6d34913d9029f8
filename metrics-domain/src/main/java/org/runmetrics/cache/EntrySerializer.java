package org.runmetrics.cache;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.ehcache.spi.serialization.Serializer;
import org.runmetrics.series.SegmentCodec;

/**
 * Entries as bytes, for tiers outside of the heap, each with its format and a checksum.
 *
 * <p>Bits rot, and a disk that is full or was switched off may hold anything: what is not just what
 * was written reads as {@link Entry.Nothing}, never as an error.
 */
final class EntrySerializer implements Serializer<Entry> {
  /** The format of all that is written; to be raised with each change of a codec. */
  static final int FORMAT = 3;

  private static final int HEADER_BYTES = 2 * Integer.BYTES;
  private static final int KEY_BYTES = 3 * Long.BYTES + 1;
  private static final List<SegmentKey.Rows> ROWS =
      List.of(SegmentKey.Rows.EVENTS, SegmentKey.Rows.STEPS, SegmentKey.Rows.TIMES);
  private static final byte NOTHING = 0;
  private static final byte SEGMENT = 1;
  private static final byte RUN = 2;

  @Override
  public ByteBuffer serialize(Entry entry) {
    if (entry instanceof Entry.OfSegment it) {
      ByteBuffer segment = SegmentCodec.encode(it.segment());
      ByteBuffer buffer = start(SEGMENT, KEY_BYTES + segment.remaining());
      SegmentKey key = it.key();
      return seal(
          buffer
              .putLong(key.generation())
              .put((byte) ROWS.indexOf(key.rows()))
              .putLong(key.from())
              .putLong(key.to())
              .put(segment));
    }
    if (entry instanceof Entry.OfRun it) {
      byte[] run = LoadedRunCodec.encode(it.path(), it.run());
      return seal(start(RUN, run.length).put(run));
    }
    return seal(start(NOTHING, 0));
  }

  @Override
  public Entry read(ByteBuffer bytes) {
    try {
      ByteBuffer buffer = bytes.slice();
      if (buffer.getInt() != FORMAT || buffer.getInt() != checksum(buffer)) {
        return Entry.Nothing.NOTHING;
      }
      return switch (buffer.get()) {
        case SEGMENT ->
            new Entry.OfSegment(
                new SegmentKey(
                    buffer.getLong(), ROWS.get(buffer.get()), buffer.getLong(), buffer.getLong()),
                SegmentCodec.decode(buffer.slice()));
        case RUN -> LoadedRunCodec.decode(buffer);
        default -> Entry.Nothing.NOTHING;
      };
    } catch (RuntimeException damaged) {
      return Entry.Nothing.NOTHING;
    }
  }

  @Override
  public boolean equals(Entry entry, ByteBuffer bytes) {
    return serialize(entry).equals(bytes);
  }

  private static ByteBuffer start(byte kind, int length) {
    return ByteBuffer.allocate(HEADER_BYTES + 1 + length).position(HEADER_BYTES).put(kind);
  }

  private static ByteBuffer seal(ByteBuffer buffer) {
    buffer.flip().position(HEADER_BYTES);
    int checksum = checksum(buffer);
    return buffer.putInt(0, FORMAT).putInt(Integer.BYTES, checksum).rewind();
  }

  /** Returns the checksum of what is left in a buffer, and leaves it there. */
  private static int checksum(ByteBuffer buffer) {
    CRC32C checksum = new CRC32C();
    checksum.update(buffer.duplicate());
    return (int) checksum.getValue();
  }
}
