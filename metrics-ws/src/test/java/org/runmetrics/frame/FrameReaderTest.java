package org.runmetrics.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final byte[] NOTHING = {};

  @Test
  void control_frames_are_found_between_messages_wherever_the_bytes_are_cut() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(ClientFrames.frame(0x89, "hello".getBytes(UTF_8)));
    all.writeBytes(ClientFrames.frame(0x81, NOTHING));
    all.writeBytes(ClientFrames.frame(0x01, new byte[300]));
    all.writeBytes(ClientFrames.frame(0x8A, NOTHING));
    all.writeBytes(ClientFrames.frame(0x80, new byte[126]));
    all.writeBytes(ClientFrames.frame(0x82, new byte[125]));
    all.writeBytes(ClientFrames.frame(0x89, new byte[125]));
    all.writeBytes(ClientFrames.close(3000));
    byte[] bytes = all.toByteArray();
    List<Control> expected =
        List.of(
            new Control.Ping(ByteBuffer.wrap("hello".getBytes(UTF_8))),
            new Control.Pong(),
            new Control.Ping(ByteBuffer.wrap(new byte[125])),
            new Control.Close(new Goodbye(3000, "")));

    for (int cut = 0; cut <= bytes.length; cut++) {
      FrameReader reader = new FrameReader();
      List<Control> found = new ArrayList<>(reader.read(bytes, cut));
      byte[] rest = Arrays.copyOfRange(bytes, cut, bytes.length);
      found.addAll(reader.read(rest, rest.length));
      assertThat(found).as("cut at %d", cut).isEqualTo(expected);
    }
    FrameReader reader = new FrameReader();
    List<Control> found = new ArrayList<>();
    for (byte single : bytes) {
      found.addAll(reader.read(new byte[] {single}, 1));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void long_messages_are_passed_over() {
    FrameReader reader = new FrameReader();
    byte[] message = ClientFrames.frame(0x82, new byte[200_000]);
    byte[] ping = ClientFrames.frame(0x89, NOTHING);

    assertThat(reader.read(message, message.length)).isEmpty();
    assertThat(reader.read(ping, ping.length)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1100, 2999, 5000, 65_535})
  void nobody_closes_with_a_code_that_may_not_be_sent(int code) {
    assertRefused(ClientFrames.close(code), "Not a code to close with");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1003, 1007, 1014, 3000, 4999})
  void a_code_that_may_be_sent_is_told(int code) {
    byte[] bytes = ClientFrames.close(code);

    assertThat(new FrameReader().read(bytes, bytes.length))
        .containsExactly(new Control.Close(new Goodbye(code, "")));
  }

  @Test
  void a_goodbye_may_have_no_code() {
    byte[] bytes = ClientFrames.frame(0x88, NOTHING);

    assertThat(new FrameReader().read(bytes, bytes.length))
        .containsExactly(new Control.Close(new Goodbye(0, "")));
  }

  static List<byte[]> notFrames() {
    return List.of(
        new byte[] {(byte) 0x81, 1}, // not masked
        ClientFrames.frame(0xC1, NOTHING), // a reserved bit
        ClientFrames.frame(0x83, NOTHING), // a kind that there is not
        ClientFrames.frame(0x8B, NOTHING),
        ClientFrames.frame(0x09, NOTHING), // a ping in pieces
        ClientFrames.frame(0x89, new byte[126]), // a ping that is too long
        ClientFrames.frame(0x80, NOTHING), // goes on with nothing
        ClientFrames.frame(0x88, new byte[1]), // half a code
        new byte[] {(byte) 0x82, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0});
  }

  @ParameterizedTest
  @MethodSource("notFrames")
  void what_is_no_frame_of_a_client_is_refused(byte[] bytes) {
    assertRefused(bytes, "");
  }

  @Test
  void a_message_does_not_begin_within_another() {
    FrameReader reader = new FrameReader();
    byte[] first = ClientFrames.frame(0x01, NOTHING);
    reader.read(first, first.length);

    assertThat(reader.read(first, first.length))
        .containsExactly(new Control.Malformed("Frames of a message follow each other"));
  }

  @Test
  void what_was_said_before_is_heard_and_nothing_after() {
    FrameReader reader = new FrameReader();
    byte[] ping = ClientFrames.frame(0x89, NOTHING);
    byte[] malformed = {(byte) 0x8A, 0};
    byte[] both = Arrays.copyOf(ping, ping.length + malformed.length);
    System.arraycopy(malformed, 0, both, ping.length, malformed.length);

    assertThat(reader.read(both, both.length)).hasSize(2).first().isInstanceOf(Control.Ping.class);
    assertThat(reader.read(ping, ping.length)).isEmpty();
    FrameReader closed = new FrameReader();
    byte[] close = ClientFrames.close(1000);
    assertThat(closed.read(close, close.length)).hasSize(1);
    assertThat(closed.read(malformed, malformed.length)).isEmpty();
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThat(new FrameReader().read(bytes, bytes.length))
        .singleElement()
        .asInstanceOf(type(Control.Malformed.class))
        .satisfies(malformed -> assertThat(malformed.reason()).contains(message));
  }
}
