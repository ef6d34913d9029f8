package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.line.Line;

class TextLimitTest {
  private static final int LIMIT = 1_000_000;

  @Test
  void a_line_of_just_so_many_bytes_is_one_text() {
    assertThat(TextLimit.PLAIN.parts("x".repeat(LIMIT))).hasSize(1);
    assertThat(TextLimit.PLAIN.parts("x".repeat(LIMIT + 1)))
        .containsExactly("x".repeat(LIMIT), "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "━", "🎉", "x🎉", "\"", "\u001B", "\\a\u0001━"})
  void parts_fit_and_are_the_whole_text(String unit) {
    String text = unit.repeat(3_200_000 / unit.length());
    for (TextLimit limit : TextLimit.values()) {
      List<String> parts = limit.parts(text);
      assertThat(String.join("", parts)).isEqualTo(text);
      assertThat(parts)
          .allSatisfy(part -> assertThat(bytes(part, limit)).isLessThanOrEqualTo(LIMIT))
          .noneSatisfy(part -> assertThat(Character.isLowSurrogate(part.charAt(0))).isTrue());
    }
  }

  @Test
  void of_a_redrawn_line_the_latest_states_that_fit_are_left() {
    String state = "\r 50%|█████     |";
    List<String> parts = TextLimit.PLAIN.parts(state.repeat(100_000) + "\r 51%|\r");
    assertThat(parts).hasSize(1);
    assertThat(parts.get(0)).startsWith(" 50%").endsWith(state + "\r 51%|\r");
    assertThat(parts.get(0).getBytes(StandardCharsets.UTF_8).length).isBetween(LIMIT - 100, LIMIT);
  }

  @Test
  void a_latest_state_that_is_too_long_goes_on_in_further_texts() {
    assertThat(TextLimit.PLAIN.parts("a\r" + "x".repeat(LIMIT + 5) + "\r"))
        .containsExactly("x".repeat(LIMIT), "xxxxx\r");
  }

  @Test
  void a_reader_that_resumes_inside_a_long_line_gets_it_again() {
    Line line = new Line(10, 10 + LIMIT + 2, "x".repeat(LIMIT + 1), false);
    assertThat(new LogView(Progress.KEEP).show(line))
        .extracting(ShownLine::offset)
        .containsExactly(10L, 10L + LIMIT + 2);
    assertThat(LogView.forJson(Progress.DROP).show(line)).hasSize(2);
  }

  private static int bytes(String part, TextLimit limit) {
    int extra = 0;
    for (int i = 0; limit == TextLimit.JSON && i < part.length(); i++) {
      char c = part.charAt(i);
      extra += c < ' ' ? 5 : c == '"' || c == '\\' ? 1 : 0;
    }
    return part.getBytes(StandardCharsets.UTF_8).length + extra;
  }
}
