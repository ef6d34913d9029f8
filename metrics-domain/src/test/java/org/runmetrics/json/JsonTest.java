package org.runmetrics.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private final Json.Fields fields =
      JsonText.parse(
              """
              {"text": "x", "whole": 7, "decimal": 7.5, "flag": true, "null": null,
               "huge": 9223372036854775808, "nan": NaN, "infinite": -Infinity, "items": [1],
               "digits": "7"}
              """)
          .orElseThrow();

  @Test
  void a_value_is_found_by_its_key() {
    assertThat(fields.value("flag")).contains(new Json.Flag(true));
    assertThat(fields.value("null")).contains(Json.Null.NULL);
    assertThat(fields.value("other")).isEmpty();
  }

  @Test
  void only_a_string_is_a_text() {
    assertThat(fields.text("text")).contains("x");
    assertThat(fields.text("whole")).isEmpty();
    assertThat(fields.text("null")).isEmpty();
    assertThat(fields.text("other")).isEmpty();
  }

  @Test
  void only_an_integer_of_64_bits_is_whole() {
    assertThat(fields.whole("whole")).hasValue(7);
    assertThat(fields.whole("decimal")).isEmpty();
    assertThat(fields.whole("huge")).isEmpty();
    assertThat(fields.whole("digits")).isEmpty();
    assertThat(fields.whole("flag")).isEmpty();
  }

  @Test
  void any_number_but_nan_and_the_infinities_is_finite() {
    assertThat(fields.finite("whole")).hasValue(7.0);
    assertThat(fields.finite("decimal")).hasValue(7.5);
    assertThat(fields.finite("huge")).hasValue(0x1p63);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "infinite", "flag", "digits", "null", "items", "other"})
  void what_is_no_number_is_not_finite(String key) {
    assertThat(fields.finite(key)).isEmpty();
  }

  @Test
  void a_tree_cannot_be_changed() {
    Json.Items items = (Json.Items) fields.value("items").orElseThrow();
    assertThatThrownBy(() -> fields.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> items.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
