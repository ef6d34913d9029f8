package org.runmetrics.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.json.Scaled;

/** The fast ways to write numbers write what the plain ones do. */
class DecimalTextProperties {
  private static final int ROOM_BYTES = 64;

  @Property(tries = 20_000)
  void an_integer_is_written_as_the_jdk_writes_it(@ForAll("digits") long value) {
    byte[] target = new byte[ROOM_BYTES];
    assertThat(text(target, DecimalText.whole(value, target, 0))).isEqualTo(Long.toString(value));
  }

  @Property(tries = 50_000)
  void a_scaled_decimal_is_written_as_the_shortest_of_its_double(
      @ForAll("digits") long digits, @ForAll @IntRange(max = Scaled.MAX_SCALE) int scale) {
    long exact = digits % (Scaled.MAX_DIGITS + 1);
    byte[] scaled = JsonOutput.text(ROOM_BYTES, output -> output.scaled(exact, scale));
    assertThat(text(scaled, scaled.length)).isEqualTo(shortest(Scaled.value(exact, scale)));
  }

  @Property(tries = 50_000)
  void a_double_of_few_decimals_is_written_as_the_shortest(
      @ForAll("digits") long digits, @ForAll @IntRange(max = 15) int scale) {
    double value = Scaled.value(digits % (Scaled.MAX_DIGITS + 1), scale);
    byte[] target = new byte[ROOM_BYTES];
    assertThat(text(target, ShortestDecimal.write(value, target, 0))).isEqualTo(shortest(value));
  }

  private static String shortest(double value) {
    byte[] target = new byte[ROOM_BYTES];
    return text(target, ShortestDecimal.shortest(value, target, 0));
  }

  private static String text(byte[] ascii, int length) {
    return new String(ascii, 0, length, StandardCharsets.US_ASCII);
  }

  /** All lengths, ends of noughts, and the neighbours of powers of ten and of two. */
  @Provide
  Arbitrary<Long> digits() {
    Arbitrary<Long> lengths =
        Arbitraries.longs()
            .flatMap(value -> Arbitraries.integers().between(0, 63).map(shift -> value >> shift));
    Arbitrary<Long> powers =
        Arbitraries.integers()
            .between(0, 18)
            .flatMap(
                power ->
                    Arbitraries.longs()
                        .between(-12, 12)
                        .map(factor -> factor * Scaled.powerOfTen(power)));
    Arbitrary<Long> two = Arbitraries.integers().between(0, 63).map(power -> 1L << power);
    return Arbitraries.oneOf(List.of(lengths, powers, two))
        .flatMap(value -> Arbitraries.longs().between(-2, 2).map(more -> value + more));
  }
}
