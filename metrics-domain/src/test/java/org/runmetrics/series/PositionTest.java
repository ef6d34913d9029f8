package org.runmetrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  private static final String CONTENT = "00112233445566778899aabbccddeeff";
  private static final Position READ = new Position(100, -7, 90, 3, true, CONTENT);

  @Property
  void a_token_is_the_position_as_short_text_for_headers_and_addresses(
      @ForAll long modified,
      @ForAll boolean whole,
      @ForAll @LongRange(min = 0) long rest,
      @ForAll @LongRange(min = 0) long offset,
      @ForAll @LongRange(min = 0) long events) {
    long size = offset > Long.MAX_VALUE - rest ? Long.MAX_VALUE : offset + rest;
    Position position =
        new Position(size, modified, offset, Math.min(events, offset), whole, CONTENT);

    assertThat(position.token()).matches("[A-Za-z0-9_-]{67}");
    assertThat(Position.ofToken(position.token())).contains(position);
  }

  @Property
  void any_other_text_is_no_token(@ForAll String text) {
    assertThat(Position.ofToken(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "abc", "AQE", "a b", "%", "null", "=="})
  void short_text_is_no_token(String text) {
    assertThat(Position.ofToken(text)).isEmpty();
  }

  @Test
  void a_token_that_was_cut_padded_or_changed_in_a_bit_that_says_nothing_is_none() {
    String token = READ.token();
    assertThat(Position.ofToken(token.substring(1))).isEmpty();
    assertThat(Position.ofToken(token.substring(0, 66))).isEmpty();
    assertThat(Position.ofToken(token + "=")).isEmpty();
    assertThat(Position.ofToken(token + token)).isEmpty();
    assertThat(Position.ofToken(token.substring(0, 66) + (char) (token.charAt(66) + 1))).isEmpty();
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    bytes[1] = 2;
    assertThat(Position.ofToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
        .isEmpty();
  }

  @Test
  void a_token_of_another_version_or_of_what_cannot_be_is_none() {
    byte[] bytes = Base64.getUrlDecoder().decode(READ.token());
    bytes[0] = 2;
    assertThat(Position.ofToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
        .isEmpty();
    assertThat(Position.ofToken(new Position(9, 0, 10, 3, true, CONTENT).token())).isEmpty();
    assertThat(Position.ofToken(new Position(9, 0, -1, 0, true, CONTENT).token())).isEmpty();
    assertThat(Position.ofToken(new Position(9, 0, 9, 10, true, CONTENT).token())).isEmpty();
    assertThat(Position.ofToken(new Position(9, 0, 9, -1, true, CONTENT).token())).isEmpty();
  }

  @Test
  void only_a_file_that_grew_or_was_not_written_goes_on() {
    assertThat(READ.mayGrowInto(new Position(101, 8, 90, 3, true, CONTENT))).isTrue();
    assertThat(READ.mayGrowInto(new Position(100, -7, 100, 4, false, CONTENT))).isTrue();
    assertThat(READ.mayGrowInto(new Position(100, 8, 100, 4, true, CONTENT))).isFalse();
    assertThat(READ.mayGrowInto(new Position(99, 8, 99, 4, true, CONTENT))).isFalse();
    assertThat(READ.mayGrowInto(new Position(101, 8, 89, 3, true, CONTENT))).isFalse();
    assertThat(READ.mayGrowInto(new Position(101, 8, 91, 2, true, CONTENT))).isFalse();
    Position half = new Position(100, -7, 100, 4, false, CONTENT);
    assertThat(half.mayGrowInto(new Position(101, 8, 101, 4, true, CONTENT))).isFalse();
  }
}
