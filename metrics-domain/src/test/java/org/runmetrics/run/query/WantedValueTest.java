package org.runmetrics.run.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runmetrics.json.Json;
import org.runmetrics.json.JsonText;

class WantedValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.001; 1e-3; true",
        "1e-3; 0.001; true",
        "1; 1.0; true",
        "1.0; 1; true",
        "-0.0; 0; true",
        "9007199254740993; 9007199254740992; false",
        "NaN; NaN; true",
        "Infinity; -Infinity; false",
        "1; \"1\"; true",
        "1.0; \"1\"; false",
        "a, b; \"a, b\"; true",
        "<img>; \"<img>\"; true",
        "A; \"a\"; false",
        "true; true; true",
        "True; true; true",
        "1; true; false",
        "true; \"true\"; true",
        "None; null; true",
        "null; null; true",
        "0; null; false",
        "[64, 64]; [64,64]; true",
        "[64]; [64,64]; false",
        "{}; {}; true",
        "[; \"[\"; true",
        "1}; 1; false",
      })
  void numbers_are_compared_as_numbers_and_texts_letter_by_letter(
      String wanted, String parameter, boolean matches) {
    Json value =
        JsonText.parse("{\"value\": " + parameter + "}")
            .flatMap(fields -> fields.value("value"))
            .orElseThrow();

    assertThat(WantedValue.of(wanted).matches(value)).isEqualTo(matches);
  }
}
