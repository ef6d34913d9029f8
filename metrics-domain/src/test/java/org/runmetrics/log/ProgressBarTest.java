package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 45%|███████████▍            | 45/100 [00:12<00:15,  3.45it/s]",
        "  0%|| 1/1000 [00:00<00:10, 98.7it/s]",
        "0it [00:00, ?it/s]",
        "speed: 3.45 it/s",
        "12345it [01:00, 1.2kit/s]",
        "Epoch 3: 120 batches, 3.45IT/SEC",
        "\u001B[32m 45%\u001B[0m|\u001B[31m███   \u001B[0m| 45/100",
        "Downloading 45.2 MB of 100 MB  ETA 00:12",
        "step 3/10 eta: 1m 20s",
        "45% (45 of 100) |####      | Elapsed Time: 0:00:12 ETA:  0:00:15",
        "elapsed 00:12, remaining 00:15",
        "[=====>     ] elapsed: 12 s"
      })
  void a_bar_is_a_bar(String line) {
    assertThat(ProgressBar.matches(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Training finished, 35 s elapsed",
        "elapsed time: 12.3 s",
        "elapsed: 00:12:33",
        "beta=0.9",
        "eta=0.3, max_depth=6",
        "META 5 s",
        "the ETA is not known",
        "Epoch 5/100, loss=0.234, acc=0.95",
        "accuracy 93%",
        "100% | done",
        "unit/s",
        "it/s",
        "12 items/s",
        "3it/step",
        "wait/second",
        ""
      })
  void an_ordinary_line_is_none(String line) {
    assertThat(ProgressBar.matches(line)).isFalse();
  }

  @Test
  void keep_shows_a_redrawn_line_whole() {
    assertThat(Progress.KEEP.show(" 1%|\r 2%|\rdone")).contains(" 1%|\r 2%|\rdone");
  }

  @Test
  void drop_takes_the_bars_out_of_a_redrawn_line() {
    assertThat(Progress.DROP.show("\r 1%|#\r 2%|##\rdone")).contains("done");
    assertThat(Progress.DROP.show("saved\r 1%|#\rdone")).contains("saved\rdone");
  }

  @Test
  void drop_leaves_out_a_line_of_nothing_but_bars() {
    assertThat(Progress.DROP.show(" 1%|#")).isEmpty();
    assertThat(Progress.DROP.show("\r 1%|#\r 2%|##\r \u001B[A\r")).isEmpty();
  }

  @Test
  void drop_leaves_other_lines_as_they_are() {
    assertThat(Progress.DROP.show("\u001B[31mred\u001B[0m\r\rtwo\r"))
        .contains("\u001B[31mred\u001B[0m\r\rtwo\r");
  }

  @Test
  void collapse_shows_the_latest_state() {
    assertThat(Progress.COLLAPSE.show("\r 1%|#\r 2%|##\r")).contains(" 2%|##");
    assertThat(Progress.COLLAPSE.show(" 1%|#\r\u001B[32mdone\u001B[0m\r\u001B[A \r "))
        .contains("\u001B[32mdone\u001B[0m");
    assertThat(Progress.COLLAPSE.show("plain")).contains("plain");
    assertThat(Progress.COLLAPSE.show("begins\r 1%|#\r 2%|##")).contains("begins\r 2%|##");
    assertThat(Progress.COLLAPSE.show("no bar\rreplaced")).contains("no bar\rreplaced");
  }

  @Test
  void only_collapse_lets_a_bar_replace_a_bar() {
    assertThat(Progress.COLLAPSE.replaces(" 1%|#")).isTrue();
    assertThat(Progress.COLLAPSE.replaces("plain")).isFalse();
    assertThat(Progress.KEEP.replaces(" 1%|#")).isFalse();
    assertThat(Progress.DROP.replaces(" 1%|#")).isFalse();
  }

  @Test
  void the_modes_have_the_names_of_the_query_parameter() {
    assertThat(Progress.parse("keep")).contains(Progress.KEEP);
    assertThat(Progress.parse("drop")).contains(Progress.DROP);
    assertThat(Progress.parse("collapse")).contains(Progress.COLLAPSE);
    assertThat(Progress.parse("KEEP")).isEmpty();
    assertThat(Progress.parse("")).isEmpty();
  }
}
