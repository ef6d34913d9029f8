package org.runmetrics.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.json.Json.Fields;
import org.runmetrics.json.Json.Flag;
import org.runmetrics.json.Json.Items;
import org.runmetrics.json.Json.Null;
import org.runmetrics.json.Json.Text;
import org.runmetrics.json.Json.Whole;

class JsonTextTest {
  @Test
  void every_kind_of_value_is_read() {
    assertThat(
            JsonText.parse(
                """
                {"n": 1, "s": "x", "t": true, "f": false, "z": null, "a": [1, {}], "o": {"": []}}
                """))
        .contains(
            new Fields(
                Map.of(
                    "n", new Whole(1),
                    "s", new Text("x"),
                    "t", new Flag(true),
                    "f", new Flag(false),
                    "z", Null.NULL,
                    "a", new Items(List.of(new Whole(1), new Fields(Map.of()))),
                    "o", new Fields(Map.of("", new Items(List.of()))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", " {} ", "\t{\r\n}\n", "{ \"a\" : [ ] }", "{\"a\":{\"b\":\"} {\"}}\r\n"})
  void white_space_and_braces_in_strings_do_not_matter(String text) {
    assertThat(JsonText.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} x",
        "{}{}",
        "{} {}",
        "{}}",
        "{}]",
        "{},",
        "{}\0",
        "{}\u00A0",
        "{\"a\": \"}\"}\"\"",
        "{}1",
        "{}NaN",
        "{}\"",
        "{}//",
        "{}\uFEFF"
      })
  void anything_behind_the_object_is_rejected(String text) {
    assertThat(JsonText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "[{}]",
        "[{}",
        "null {}",
        "1 {}",
        "\"a\" {}",
        "1",
        "NaN",
        "\"{}\"",
        "true",
        "null",
        "x",
        "{",
        "}",
        "\0"
      })
  void what_is_no_object_is_rejected(String text) {
    assertThat(JsonText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\": 1 \"b\": 2}",
        "{a: 1}",
        "{'a': 1}",
        "{1: 1}",
        "{null: 1}",
        "{\"a\": [1,]}",
        "{\"a\": [,1]}",
        "{\"a\": [1 2]}",
        "{\"a\": [}",
        "{\"a\": [1}",
        "{\"a\": {]}",
        "{\"a\": True}",
        "{\"a\": nul}",
        "{\"a\": undefined}",
        "{/**/}",
        "{\u000C}",
        "{\u00A0}",
        "{\"a\": 1",
        "{\"a\": \"x}",
        "{\"a"
      })
  void what_python_rejects_is_rejected(String text) {
    assertThat(JsonText.parse(text)).isEmpty();
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_text() {
    assertThat(JsonText.parse("\uFEFF{}")).isEmpty();
  }

  @Test
  void of_repeated_keys_the_last_value_counts_at_the_place_of_the_first() {
    Fields fields = JsonText.parse("{\"a\": 1, \"b\": 2, \"a\": 3, \"\\u0062\": 4}").orElseThrow();
    assertThat(fields.values())
        .containsExactly(Map.entry("a", new Whole(3)), Map.entry("b", new Whole(4)));
  }

  @Test
  void escapes_are_read() {
    assertThat(string("\\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9\\u00E9 \\ud83c\\udf89"))
        .isEqualTo("\" \\ / \b\f\n\r\t éé 🎉");
  }

  @Test
  void text_beyond_ascii_needs_no_escape() {
    assertThat(string("größer 小型 🎉 \u007F\u2028")).isEqualTo("größer 小型 🎉 \u007F\u2028");
  }

  @Test
  void lone_surrogates_are_kept() {
    assertThat(string("\\ud83c")).isEqualTo("\uD83C");
    assertThat(string("\\udf89\\ud83c")).isEqualTo("\uDF89\uD83C");
    assertThat(string("a\uDF89z")).isEqualTo("a\uDF89z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\x41", "\\u12", "\\u12g4", "\\u+123", "\\U0001f389", "\\", "\\'", "\\0"})
  void other_escapes_are_rejected(String escape) {
    assertThat(JsonText.parse("{\"a\": \"" + escape + "\"}")).isEmpty();
  }

  @Test
  void control_characters_are_rejected_in_strings() {
    for (char c = 0; c < ' '; c++) {
      assertThat(JsonText.parse("{\"a\": \"" + c + "\"}")).as("U+%04x", (int) c).isEmpty();
      assertThat(JsonText.parse("{\"" + c + "\": 1}")).as("key U+%04x", (int) c).isEmpty();
    }
  }

  @Test
  void nesting_is_read_to_its_limit() {
    int levels = JsonDeserializer.MAX_DEPTH;
    assertThat(JsonText.parse("{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1)))
        .isPresent();
    assertThat(JsonText.parse("{\"a\":".repeat(levels) + "{}" + "}".repeat(levels))).isEmpty();
    assertThat(JsonText.parse(nestedArrays(levels - 1))).isPresent();
    assertThat(JsonText.parse(nestedArrays(levels))).isEmpty();
  }

  @Test
  void nesting_without_end_is_rejected() {
    assertThat(JsonText.parse("{\"a\":".repeat(100_000))).isEmpty();
    assertThat(JsonText.parse("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))).isEmpty();
    assertThat(JsonText.parse(nestedArrays(100_000))).isEmpty();
    assertThat(JsonText.parse("{\"a\":" + "[".repeat(100_000))).isEmpty();
  }

  private static String nestedArrays(int levels) {
    return "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static String string(String escaped) {
    return JsonText.parse("{\"a\": \"" + escaped + "\"}")
        .flatMap(fields -> fields.text("a"))
        .orElseThrow();
  }
}
