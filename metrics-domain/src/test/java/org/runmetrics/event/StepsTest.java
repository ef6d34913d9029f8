package org.runmetrics.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.json.JsonText;

class StepsTest {
  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "-3, -3",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "3.7, 3",
    "-3.7, -3",
    "-0.5, 0",
    "1e3, 1000",
    "9223372036854774784.0, 9223372036854774784",
    "true, 1",
    "false, 0",
  })
  void numbers_and_booleans_are_steps(String literal, long step) {
    assertThat(step(literal)).hasValue(step);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "' 3 ', 3",
    "'\\t\\n3\\r\\f', 3",
    "+3, 3",
    "-3, -3",
    "-0, 0",
    "007, 7",
    "1_000, 1000",
    "1_0_0, 100",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "00000000000000000000000001, 1",
  })
  void strings_are_steps_where_int_reads_them(String escaped, long step) {
    assertThat(text(escaped)).hasValue(step);
  }

  @ParameterizedTest
  @CsvSource({
    "٣, 3",
    "१२३, 123",
    "３７, 37",
    "-٣_٤, -34",
    "\\ud835\\udfd9\\ud835\\udfda, 12",
  })
  void digits_may_be_of_any_script(String escaped, long step) {
    assertThat(text(escaped)).hasValue(step);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u00A0', '\u0085', '\u1680', '\u2007', '\u2028', '\u202F', '\u3000'})
  void white_space_may_be_beyond_ascii(char space) {
    assertThat(text(space + "3" + space)).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "-",
        "_",
        "_1",
        "1_",
        "1__0",
        "+_1",
        "-+1",
        "+ 3",
        "1 000",
        "3.7",
        "3.0",
        "1e3",
        "0x10",
        "three",
        "3a",
        "NaN",
        "true",
        "−3",
        "²",
        "Ⅷ",
        "\\u0000",
        "3\\u0000",
        "\\u001c3",
        "3\\u200b",
        "\\ud835",
        "9223372036854775808",
        "-9223372036854775809"
      })
  void other_strings_are_no_steps(String escaped) {
    assertThat(text(escaped)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "[3]",
        "{}",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "9223372036854775808",
        "9223372036854775808.0",
        "1e19",
        "-1e19"
      })
  void other_values_are_no_steps(String literal) {
    assertThat(step(literal)).isEmpty();
  }

  @Test
  void a_million_digits_are_no_step() {
    assertThat(step("1".repeat(1_000_000))).isEmpty();
    assertThat(text("1".repeat(1_000_000))).isEmpty();
  }

  private static OptionalLong text(String escaped) {
    return step("\"" + escaped + "\"");
  }

  private static OptionalLong step(String literal) {
    return Steps.of(
        JsonText.parse("{\"a\": " + literal + "}").orElseThrow().value("a").orElseThrow());
  }
}
