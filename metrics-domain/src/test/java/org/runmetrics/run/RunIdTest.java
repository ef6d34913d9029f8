package org.runmetrics.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "20250114_153045_a1b2c3",
        "a b",
        " ",
        "小型",
        "...",
        "..a",
        "a..",
        "%2e%2e",
        "~",
        "C:"
      })
  void a_single_segment_is_an_id(String segment) {
    assertThat(RunId.parse(segment)).contains(new RunId(segment));
    assertThat(new RunId(segment)).hasToString(segment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "/", "a/b", "/a", "a/", "../a", "a/..", "\\", "..\\a", "a\\b", "\0", "a\0b"
      })
  void anything_else_is_none(String text) {
    assertThat(RunId.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new RunId(text));
  }
}
