package org.runmetrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShortPositionTest {
  private static final String CONTENT = "f0112233445566778899aabbccddeeff";
  private static final Position READ = new Position(100, 7, 90, 3, true, CONTENT);

  @Property
  void it_is_read_as_it_was_written(
      @ForAll long modified,
      @ForAll boolean whole,
      @ForAll @LongRange(min = 0, max = 1L << 50) long rest,
      @ForAll @LongRange(min = 0, max = 1L << 50) long offset,
      @ForAll @LongRange(min = 0) long events) {
    ShortPosition position =
        ShortPosition.of(new Position(offset + rest, modified, offset, events, whole, CONTENT));
    ByteBuffer bytes = ByteBuffer.allocate(100);
    position.write(bytes);
    assertThat(ShortPosition.read(bytes.flip())).isEqualTo(position);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void the_file_as_it_was_gives_the_position_back() {
    assertThat(ShortPosition.of(READ).in(READ)).contains(READ);
  }

  @Test
  void a_file_that_has_grown_may_go_on_from_there() {
    Position grown = new Position(101, 8, 90, 3, true, CONTENT);
    Position found = ShortPosition.of(READ).in(grown).orElseThrow();
    assertThat(found.size()).isEqualTo(100);
    assertThat(found.mayGrowInto(grown)).isTrue();
  }

  @Test
  void a_file_that_shrank_or_was_written_without_growing_or_is_another_does_not() {
    ShortPosition told = ShortPosition.of(READ);
    assertThat(told.in(new Position(99, 7, 90, 3, true, CONTENT))).isEmpty();
    assertThat(told.in(new Position(100, 8, 90, 3, true, CONTENT))).isEmpty();
    String other = CONTENT.replace('f', 'e');
    assertThat(told.in(new Position(101, 8, 90, 3, true, other))).isEmpty();
  }

  @Test
  void the_start_is_known_from_the_place_that_is_nowhere() {
    assertThat(ShortPosition.of(Position.START).isStart()).isTrue();
    assertThat(ShortPosition.of(Position.NOWHERE).isStart()).isFalse();
    assertThat(ShortPosition.of(READ).isStart()).isFalse();
    assertThat(Position.NOWHERE.mayGrowInto(READ)).isFalse();
  }
}
