package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.runmetrics.web.answer.StreamedAnswer;

/** What is kept of an answer is what was sent, in whatever pieces that came. */
class KeptAnswerProperties {
  @Property(tries = 200)
  void the_copy_is_what_was_written(
      @ForAll @Size(max = 8) List<@IntRange(max = 150_000) Integer> lengths, @ForAll long seed)
      throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    KeptAnswer copy = copy(lengths, seed, written);
    assertThat(copy.length()).isEqualTo(written.size());
    assertThat(sent(copy)).isEqualTo(written.toByteArray());
  }

  @Property(tries = 200)
  void an_answer_is_kept_up_to_a_length(
      @ForAll @IntRange(max = 150_000) int length,
      @ForAll @IntRange(min = 1, max = 150_000) int most,
      @ForAll long seed)
      throws IOException {
    KeptAnswer answer = copy(List.of(length / 3, length - length / 3), seed, sink());
    List<KeptAnswer> kept = new ArrayList<>();
    assertThat(sent(new RecordedAnswer(answer, most, new Semaphore(most), kept::add)))
        .isEqualTo(sent(answer));
    assertThat(kept).hasSize(length <= most ? 1 : 0);
    for (KeptAnswer copy : kept) {
      assertThat(sent(copy)).isEqualTo(sent(answer));
    }
  }

  @Property(tries = 200)
  void all_copies_that_are_being_taken_share_their_room(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 1000) Integer> lengths,
      @ForAll @IntRange(max = 2000) int most,
      @ForAll boolean failing)
      throws IOException {
    Semaphore room = new Semaphore(most);
    List<KeptAnswer> kept = new ArrayList<>();
    int atOnce = lengths.stream().mapToInt(Integer::intValue).sum();
    StreamedAnswer nested =
        stream -> {
          if (failing) {
            throw new IOException("The client left");
          }
        };
    for (int length : lengths) {
      StreamedAnswer inner = nested;
      nested =
          new RecordedAnswer(
              stream -> {
                stream.write(new byte[length]);
                inner.write(sink());
              },
              most,
              room,
              kept::add);
    }
    StreamedAnswer outermost = nested;
    if (failing) {
      assertThatThrownBy(() -> outermost.write(sink())).hasMessage("The client left");
      assertThat(kept).isEmpty();
    } else {
      outermost.write(sink());
      assertThat(kept.stream().mapToInt(KeptAnswer::length).sum()).isLessThanOrEqualTo(most);
      if (atOnce <= most) {
        assertThat(kept).hasSameSizeAs(lengths);
      }
    }
    assertThat(room.availablePermits()).isEqualTo(most);
  }

  private static KeptAnswer copy(List<Integer> lengths, long seed, ByteArrayOutputStream written) {
    Random random = new Random(seed);
    KeptAnswer.Builder builder = new KeptAnswer.Builder();
    for (int length : lengths) {
      byte[] around = new byte[length + 2];
      random.nextBytes(around);
      builder.add(around, 1, length);
      written.write(around, 1, length);
    }
    return builder.build();
  }

  private static byte[] sent(StreamedAnswer answer) throws IOException {
    ByteArrayOutputStream client = sink();
    answer.write(client);
    return client.toByteArray();
  }

  private static ByteArrayOutputStream sink() {
    return new ByteArrayOutputStream();
  }
}
