package org.runmetrics.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.json.Json.Decimal;
import org.runmetrics.json.Json.Fields;
import org.runmetrics.json.Json.Items;
import org.runmetrics.json.Json.Text;

class BareNumbersTest {
  private static final Decimal NAN = new Decimal(Double.NaN);
  private static final Decimal INFINITY = new Decimal(Double.POSITIVE_INFINITY);
  private static final Decimal MINUS_INFINITY = new Decimal(Double.NEGATIVE_INFINITY);

  @Test
  void bare_numbers_are_values() {
    assertThat(values("{\"a\": NaN, \"b\": Infinity, \"c\": -Infinity}"))
        .isEqualTo(Map.of("a", NAN, "b", INFINITY, "c", MINUS_INFINITY));
  }

  @Test
  void bare_numbers_need_no_space_around_them() {
    assertThat(values("{\"a\":NaN,\"b\":Infinity,\"c\":[NaN,-Infinity,Infinity],\"d\":-Infinity}"))
        .isEqualTo(
            Map.of(
                "a", NAN,
                "b", INFINITY,
                "c", new Items(List.of(NAN, MINUS_INFINITY, INFINITY)),
                "d", MINUS_INFINITY));
  }

  @Test
  void bare_numbers_are_found_at_any_depth_and_between_any_white_space() {
    assertThat(values("{\"a\": {\"b\": [[\n\tNaN\r\n, {\"c\": NaN }]]}}"))
        .isEqualTo(
            Map.of(
                "a",
                new Fields(
                    Map.of(
                        "b",
                        new Items(
                            List.of(new Items(List.of(NAN, new Fields(Map.of("c", NAN))))))))));
  }

  @Test
  void the_words_are_left_alone_in_strings() {
    assertThat(
            values(
                """
                {"NaN": "NaN", "\\"": ": NaN,", "x\\\\": NaN, "y": "[NaN, -Infinity]", "z\\": NaN": 1.5}
                """))
        .isEqualTo(
            Map.of(
                "NaN", new Text("NaN"),
                "\"", new Text(": NaN,"),
                "x\\", NAN,
                "y", new Text("[NaN, -Infinity]"),
                "z\": NaN", new Decimal(1.5)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1NaN",
        "NaN5",
        "-NaN",
        "+NaN",
        "NaNNaN",
        "nan",
        "NAN",
        "Na",
        "NaN NaN",
        "NaN.0",
        "\"\"NaN",
        "NaN\"\"",
        "1Infinity",
        "Infinity5",
        "--Infinity",
        "- Infinity",
        "+Infinity",
        "1-Infinity",
        "Infinit",
        "infinity",
        "-infinity",
        "InfinityNaN",
        "NaN\u00A0",
        "[NaN",
        "[]NaN",
        "{NaN}",
        "nullNaN",
        "NaNe5"
      })
  void a_word_that_does_not_stand_alone_is_rejected(String word) {
    assertThat(JsonText.parse("{\"a\": " + word + "}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{NaN: 1}", "{\"a\": 1, NaN: 2}", "{ NaN : 1}", "{-Infinity: 1}"})
  void a_bare_number_is_no_key(String text) {
    assertThat(JsonText.parse(text)).isEmpty();
  }

  @Test
  void a_text_that_holds_the_marker_is_read_as_it_stands() {
    String marker = BareNumbers.MARKER;
    assertThat(
            values(
                "{\"a\": %s, \"b\": NaN, \"c\": \"%s\", \"d\": %s7, \"e\": Infinity}"
                    .formatted(marker, marker, marker)))
        .isEqualTo(
            Map.of(
                "a", new Decimal(0),
                "b", NAN,
                "c", new Text(marker),
                "d", new Decimal(0),
                "e", INFINITY));
  }

  @Test
  void the_stand_in_for_infinity_is_infinite_when_a_text_holds_it() {
    assertThat(values("{\"a\": 1e999, \"b\": -1e999}"))
        .isEqualTo(Map.of("a", INFINITY, "b", MINUS_INFINITY));
  }

  private static Map<String, Json> values(String text) {
    return JsonText.parse(text).orElseThrow().values();
  }
}
