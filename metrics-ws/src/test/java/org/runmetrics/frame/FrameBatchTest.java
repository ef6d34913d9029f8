package org.runmetrics.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBatchTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1_000_000})
  void a_message_of_any_length_is_one_frame(int length) throws Exception {
    FrameBatch batch = new FrameBatch();
    batch.addText("x".repeat(length));

    DataInputStream frame = read(batch);
    assertThat(frame.readUnsignedByte()).isEqualTo(0x81);
    assertThat(length(frame)).isEqualTo(length);
    assertThat(new String(frame.readAllBytes(), UTF_8)).isEqualTo("x".repeat(length));
  }

  @Test
  void frames_follow_each_other_in_order() throws Exception {
    FrameBatch batch = new FrameBatch();
    batch.addText("小");
    batch.addPong(ByteBuffer.wrap(new byte[] {7}).asReadOnlyBuffer());
    batch.addPing();
    batch.addClose(Goodbye.later("wait"));

    assertThat(batch.toByteArray())
        .containsExactly(
            0x81, 3, 0xE5, 0xB0, 0x8F, 0x8A, 1, 7, 0x89, 0, 0x88, 6, 0x03, 0xF5, 'w', 'a', 'i',
            't');
  }

  @Test
  void a_goodbye_without_a_code_is_empty() {
    FrameBatch batch = new FrameBatch();
    batch.addClose(new Goodbye(0, ""));

    assertThat(batch.toByteArray()).containsExactly(0x88, 0);
  }

  @Test
  void half_a_surrogate_pair_is_still_utf_8() throws Exception {
    FrameBatch batch = new FrameBatch();
    batch.addText("a\ud83d");

    DataInputStream frame = read(batch);
    frame.skipNBytes(2);
    assertThat(new String(frame.readAllBytes(), UTF_8)).isEqualTo("a?");
  }

  @Test
  void a_reason_that_does_not_fit_is_refused() {
    assertThatThrownBy(() -> Goodbye.done("ä".repeat(62)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DataInputStream read(FrameBatch batch) {
    return new DataInputStream(new ByteArrayInputStream(batch.toByteArray()));
  }

  private static long length(DataInputStream frame) throws IOException {
    int length = frame.readUnsignedByte();
    return switch (length) {
      case 126 -> frame.readUnsignedShort();
      case 127 -> frame.readLong();
      default -> length;
    };
  }
}
