package org.runmetrics.cache;

import java.nio.ByteBuffer;
import org.ehcache.spi.serialization.Serializer;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentCodec;

/** Lets Ehcache keep segments outside of the heap. */
final class SegmentSerializer implements Serializer<Segment> {

  @Override
  public ByteBuffer serialize(Segment segment) {
    return SegmentCodec.encode(segment);
  }

  @Override
  public Segment read(ByteBuffer bytes) {
    return SegmentCodec.decode(bytes);
  }

  @Override
  public boolean equals(Segment segment, ByteBuffer bytes) {
    return SegmentCodec.encode(segment).equals(bytes);
  }
}
