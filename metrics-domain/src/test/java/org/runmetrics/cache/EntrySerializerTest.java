package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.runmetrics.series.SegmentCodec;

class EntrySerializerTest {
  private static final Entry RUN = new Entry.OfRun("/runs/小/events.jsonl", Runs.loaded(3));

  private final EntrySerializer serializer = new EntrySerializer();

  @Test
  void what_is_known_of_a_run_is_read_as_it_was_written() {
    assertThat(serializer.read(serializer.serialize(RUN))).isEqualTo(RUN);
  }

  @Test
  void a_segment_is_read_as_it_was_written() {
    Entry.OfSegment written = Segments.entry(7, 100);

    assertThat(serializer.read(serializer.serialize(written)))
        .isInstanceOfSatisfying(
            Entry.OfSegment.class,
            read -> {
              assertThat(read.key()).isEqualTo(written.key());
              assertThat(SegmentCodec.encode(read.segment()))
                  .isEqualTo(SegmentCodec.encode(written.segment()));
            });
  }

  @Test
  void nothing_that_is_not_just_what_was_written_is_believed() {
    for (Entry entry : List.of(RUN, Segments.entry(7, 5))) {
      byte[] bytes = serializer.serialize(entry).array();
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(serializer.read(ByteBuffer.wrap(flipped))).isEqualTo(Entry.Nothing.NOTHING);
      }
      for (int length = 0; length < bytes.length; length++) {
        ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
        assertThat(serializer.read(cut)).isEqualTo(Entry.Nothing.NOTHING);
      }
    }
  }

  /** Where this fails, the bytes have changed: raise the format, and take over the new digests. */
  @Test
  void the_format_names_these_bytes() {
    assertThat(EntrySerializer.FORMAT).isEqualTo(3);
    assertThat(digest(RUN)).isEqualTo("70fce14c");
    assertThat(digest(Segments.entry(7, 100))).isEqualTo("c5169e9c");
  }

  private String digest(Entry entry) {
    CRC32C digest = new CRC32C();
    digest.update(serializer.serialize(entry));
    return Long.toHexString(digest.getValue());
  }
}
