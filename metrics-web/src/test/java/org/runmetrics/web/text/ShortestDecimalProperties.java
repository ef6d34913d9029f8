package org.runmetrics.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShortestDecimalProperties {

  @Property(tries = 20_000)
  void reads_as_the_same_double(@ForAll("doubles") double value) {
    assertThat(Double.parseDouble(text(value)))
        .isEqualTo(value)
        .satisfies(read -> assertThat(1 / read).isEqualTo(1 / value));
  }

  @Property(tries = 20_000)
  void no_shorter_decimal_reads_as_the_same_double(@ForAll("doubles") double value) {
    int digits = new BigDecimal(text(value)).stripTrailingZeros().precision();
    BigDecimal exact = new BigDecimal(value);
    if (digits > 1) {
      for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
        BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
        assertThat(shorter.doubleValue()).as(shorter.toString()).isNotEqualTo(value);
      }
    }
  }

  @Property(tries = 20_000)
  void of_decimals_as_short_the_nearest_is_taken(@ForAll("doubles") double value) {
    BigDecimal found = new BigDecimal(text(value));
    BigDecimal exact = new BigDecimal(value);
    int digits = found.stripTrailingZeros().precision();
    for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
      BigDecimal other = exact.round(new MathContext(digits, mode));
      if (other.doubleValue() == value) {
        assertThat(found.subtract(exact).abs()).isLessThanOrEqualTo(other.subtract(exact).abs());
      }
    }
  }

  @Example
  void is_written_as_python_writes_it() {
    assertThat(text(0.0)).isEqualTo("0.0");
    assertThat(text(-0.0)).isEqualTo("-0.0");
    assertThat(text(1)).isEqualTo("1.0");
    assertThat(text(-123456.789)).isEqualTo("-123456.789");
    assertThat(text(0.0001)).isEqualTo("0.0001");
    assertThat(text(0.00001)).isEqualTo("1e-05");
    assertThat(text(3.3333333333333335e-05)).isEqualTo("3.3333333333333335e-05");
    assertThat(text(1e15)).isEqualTo("1000000000000000.0");
    assertThat(text(1e16)).isEqualTo("1e+16");
    assertThat(text(2e-44)).isEqualTo("2e-44");
    assertThat(text(Double.MIN_VALUE)).isEqualTo("5e-324");
    assertThat(text(Double.MAX_VALUE)).isEqualTo("1.7976931348623157e+308");
    assertThat(text(0x1p-44)).isEqualTo("5.684341886080802e-14");
  }

  private static String text(double value) {
    byte[] target = new byte[DecimalText.MAX_BYTES];
    int length = ShortestDecimal.write(value, target, 0);
    return new String(target, 0, length, StandardCharsets.US_ASCII);
  }

  /** Bit patterns of all magnitudes, powers of two with their neighbours, and short decimals. */
  @Provide
  Arbitrary<Double> doubles() {
    Arbitrary<Double> bits = Arbitraries.longs().map(Double::longBitsToDouble);
    Arbitrary<Double> powers =
        Arbitraries.integers().between(-1074, 1023).map(power -> Math.scalb(1.0, power));
    Arbitrary<Double> decimals =
        Arbitraries.bigDecimals()
            .between(BigDecimal.valueOf(-1_000_000), BigDecimal.valueOf(1_000_000))
            .ofScale(6)
            .map(BigDecimal::doubleValue);
    return Arbitraries.oneOf(
            bits, powers, powers.map(Math::nextUp), powers.map(Math::nextDown), decimals)
        .filter(Double::isFinite);
  }
}
