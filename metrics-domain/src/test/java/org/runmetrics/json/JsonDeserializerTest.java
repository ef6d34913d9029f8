package org.runmetrics.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.json.Json.Decimal;
import org.runmetrics.json.Json.Whole;

/** Number literals, which this class reads itself. */
class JsonDeserializerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"0", "7", "-7", "1234567890123", "9223372036854775807", "-9223372036854775808"})
  void an_integer_of_64_bits_is_whole(String literal) {
    assertThat(number(literal)).contains(new Whole(Long.parseLong(literal)));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775808, 9.223372036854775808e18",
    "-9223372036854775809, -9.223372036854775808e18",
    "18446744073709551616, 1.8446744073709551616e19",
    "123456789012345678901234567890, 1.2345678901234568e29",
  })
  void an_integer_beyond_64_bits_is_the_nearest_double(String literal, double value) {
    assertThat(number(literal)).contains(new Decimal(value));
  }

  @Test
  void a_million_digits_are_read() {
    String digits = "1234567890".repeat(100_000);
    assertThat(number(digits)).contains(new Decimal(Double.POSITIVE_INFINITY));
    assertThat(number("-" + digits)).contains(new Decimal(Double.NEGATIVE_INFINITY));
    assertThat(number("0." + digits)).contains(new Decimal(0.12345678901234568));
    assertThat(number("1" + digits + "e-1000000")).contains(new Decimal(1.1234567890123457));
  }

  @Test
  void a_fraction_or_an_exponent_makes_a_decimal() {
    assertThat(number("1.0")).contains(new Decimal(1));
    assertThat(number("1e0")).contains(new Decimal(1));
    assertThat(number("1E+2")).contains(new Decimal(100));
    assertThat(number("-2.5e-3")).contains(new Decimal(-0.0025));
    assertThat(number("4.9e-324")).contains(new Decimal(Double.MIN_VALUE));
  }

  @Test
  void a_zero_keeps_its_sign_only_as_a_decimal() {
    assertThat(number("-0.0")).contains(new Decimal(-0.0)).isNotEqualTo(number("0.0"));
    assertThat(number("-0e7")).contains(new Decimal(-0.0));
    assertThat(number("-0")).contains(new Whole(0));
  }

  @Test
  void what_is_too_large_for_a_double_is_infinite() {
    assertThat(number("1e400")).contains(new Decimal(Double.POSITIVE_INFINITY));
    assertThat(number("-1e400")).contains(new Decimal(Double.NEGATIVE_INFINITY));
    assertThat(number("1e99999999999")).contains(new Decimal(Double.POSITIVE_INFINITY));
  }

  @Test
  void what_is_too_small_for_a_double_is_zero() {
    assertThat(number("1e-400")).contains(new Decimal(0.0));
    assertThat(number("-1e-99999999999")).contains(new Decimal(-0.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01", "-01", "00", "+1", "-", "--1", "1.", ".5", "-.5", "1e", "1e+", "1.e5", "1_000", "0x1",
        "1f", "1d", "1L", "1 000", "1,5", "١", "inf", "nan"
      })
  void what_python_does_not_take_for_a_number_is_rejected(String literal) {
    assertThat(number(literal)).isEmpty();
  }

  private static Optional<Json> number(String literal) {
    return JsonText.parse("{\"a\": " + literal + "}").flatMap(fields -> fields.value("a"));
  }
}
