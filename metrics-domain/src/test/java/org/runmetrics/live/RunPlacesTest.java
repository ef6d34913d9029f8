package org.runmetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.runmetrics.series.Position;
import org.runmetrics.series.ShortPosition;

class RunPlacesTest {
  private static final long TERABYTE = 1L << 40;
  private static final long HOUR_NANOSECONDS = 3_600_000_000_000L;
  private static final String CONTENT = "00112233445566778899aabbccddeeff";

  @Property
  void a_token_holds_the_place_in_each_run(
      @ForAll @Size(max = 50) Map<String, @LongRange(min = 0, max = TERABYTE) Long> offsets) {
    Map<String, Position> heard = new LinkedHashMap<>();
    offsets.forEach(
        (id, offset) ->
            heard.put(
                id,
                new Position(
                    offset + 7, offset * 31, offset, offset / 60, offset % 3 > 0, CONTENT)));

    RunPlaces places = RunPlaces.ofToken(RunPlaces.of(heard).token()).orElseThrow();

    heard.forEach((id, position) -> assertThat(places.of(id)).contains(ShortPosition.of(position)));
    assertThat(places.of("another \0")).isEmpty();
  }

  @Test
  void fifty_runs_of_half_a_terabyte_are_two_kilobytes() {
    Map<String, Position> heard = new LinkedHashMap<>();
    for (int i = 0; i < RunPlaces.MOST; i++) {
      long size = TERABYTE / 2 - i;
      heard.put(
          "run " + i,
          new Position(size, i * HOUR_NANOSECONDS, size - (1 << 12), size / 60, true, CONTENT));
    }
    assertThat(RunPlaces.of(heard).token()).matches("[A-Za-z0-9_-]{1,2048}");
  }

  @Property
  void any_other_text_is_no_token(@ForAll String text) {
    assertThat(RunPlaces.ofToken(text)).isEmpty();
  }

  @Test
  void a_token_that_was_cut_or_goes_on_is_none() {
    Position position = new Position(100, 7, 90, 3, true, CONTENT);
    String token = RunPlaces.of(Map.of("a", position, "b", Position.START)).token();
    assertThat(RunPlaces.ofToken(token)).isPresent();
    for (int length = 0; length < token.length(); length++) {
      RunPlaces.ofToken(token.substring(0, length))
          .ifPresent(
              places ->
                  assertThat(places.of("a").isPresent() && places.of("b").isPresent()).isFalse());
    }
    assertThat(RunPlaces.ofToken(token + "A")).isEmpty();
    assertThat(RunPlaces.ofToken(token + "=")).isEmpty();
    assertThat(RunPlaces.ofToken(position.token())).isEmpty();
    assertThat(Position.ofToken(token)).isEmpty();
  }
}
