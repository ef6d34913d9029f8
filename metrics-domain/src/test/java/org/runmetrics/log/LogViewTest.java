package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.line.Line;

class LogViewTest {
  private static final String HALF = " 50%|█████     | 5/10 [00:01<00:01, 4.9it/s]";
  private static final String FULL = "100%|██████████| 10/10 [00:02<00:00, 4.9it/s]";

  @Test
  void keep_hands_each_line_on_at_once() {
    LogView view = new LogView(Progress.KEEP);
    assertThat(view.show(new Line(0, 6, "hello", false)))
        .containsExactly(new ShownLine(6, 0, "hello"));
    assertThat(view.settle()).isEmpty();
    assertThat(shown(Progress.KEEP, " 1%|\r 2%|\rdone")).containsExactly(" 1%|\r 2%|\rdone");
    assertThat(shown(Progress.KEEP, "\u001B[A")).containsExactly("\u001B[A");
  }

  @Test
  void drop_takes_the_bars_out_of_a_redrawn_line() {
    assertThat(shown(Progress.DROP, "\r 1%|#\r 2%|##\rdone")).containsExactly("done");
    assertThat(shown(Progress.DROP, "saved\r 1%|#\rdone")).containsExactly("saved", "done");
  }

  @Test
  void drop_leaves_out_a_line_of_nothing_but_bars() {
    assertThat(shown(Progress.DROP, " 1%|#")).isEmpty();
    assertThat(shown(Progress.DROP, "\r 1%|#\r 2%|##\r \u001B[A\r")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP", "COLLAPSE"})
  void ordinary_lines_stay_as_they_are(Progress progress) {
    assertThat(shown(progress, "\u001B[31mred\u001B[0m\r\rtwo\r"))
        .containsExactly("\u001B[31mred\u001B[0m\r\rtwo\r");
    assertThat(shown(progress, "no bar\rreplaced")).containsExactly("no bar\rreplaced");
    assertThat(shown(progress, "\u001B[31merror\u001B[0m: \u001B[1m5%\u001B[K"))
        .containsExactly("\u001B[31merror\u001B[0m: \u001B[1m5%\u001B[K");
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP", "COLLAPSE"})
  void a_line_that_shows_nothing_is_left_out(Progress progress) {
    assertThat(shown(progress, "\u001B[0m", " \r \u001B[A\r\u001B[2K", "\u001B[K")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001B[Ahello",
        "\u001B[2A\u001B[2Khello",
        "\r\u001B[2Khello",
        "\r      \u001B[A\r      \rhello",
        "\u001B[1G\u001B[Khello",
        "\u001B[?25hhello"
      })
  void moves_in_front_of_an_ordinary_line_go(String line) {
    assertThat(shown(Progress.DROP, line)).containsExactly("hello");
    assertThat(shown(Progress.COLLAPSE, line)).containsExactly("hello");
  }

  @Test
  void text_after_a_bar_keeps_its_colours() {
    String red = "\u001B[31mred\u001B[0m";
    assertThat(shown(Progress.DROP, "\u001B[32m" + FULL + "\u001B[0m" + red)).containsExactly(red);
    assertThat(shown(Progress.DROP, HALF + FULL + "\u001B[Kdone")).containsExactly("done");
  }

  @Test
  void collapse_shows_the_latest_state() {
    assertThat(shown(Progress.COLLAPSE, "\r 1%|#\r 2%|##\r")).containsExactly(" 2%|##");
    assertThat(shown(Progress.COLLAPSE, "begins\r 1%|#\r 2%|##"))
        .containsExactly("begins", " 2%|##");
    assertThat(shown(Progress.COLLAPSE, HALF, FULL, "done")).containsExactly(FULL, "done");
    assertThat(shown(Progress.COLLAPSE, " 1%|#\r\u001B[32mdone\u001B[0m\r\u001B[A \r "))
        .containsExactly(" 1%|#", "\u001B[32mdone\u001B[0m");
  }

  @Test
  void a_held_bar_is_shown_once_it_settles() {
    LogView view = new LogView(Progress.COLLAPSE);
    assertThat(view.show(new Line(0, 10, HALF, false))).isEmpty();
    assertThat(view.show(new Line(10, 20, FULL, false))).isEmpty();
    assertThat(view.settle()).containsExactly(new ShownLine(20, 0, FULL));
    assertThat(view.settle()).isEmpty();
  }

  @Test
  void collapse_keeps_one_state_for_each_description() {
    assertThat(
            shown(
                Progress.COLLAPSE,
                "worker 0: " + HALF,
                "worker 1: " + HALF,
                "worker 0: " + FULL + "\rworker 2: " + HALF,
                "done"))
        .containsExactly("worker 1: " + HALF, "worker 0: " + FULL, "worker 2: " + HALF, "done");
  }

  @Test
  void a_description_that_tells_measurements_changes() {
    String bar = "  1/100  2.15G  0.06  0.05   %d  640:  %d%%|████▌ | %d/100";
    assertThat(
            shown(
                Progress.COLLAPSE,
                IntStream.range(10, 60)
                    .mapToObj(step -> bar.formatted(step * 7 % 13, step, step))
                    .toArray(String[]::new)))
        .containsExactly(bar.formatted(59 * 7 % 13, 59, 59));
  }

  @Test
  void collapse_tells_bars_without_a_description_apart_by_their_rows() {
    // What tqdm writes for position=0, 1 and 2.
    StringBuilder log = new StringBuilder();
    for (int i = 0; i <= 9; i++) {
      for (int position = 0; position < 3; position++) {
        log.append("\n".repeat(position)).append("\r ").append(position + 1).append(i);
        log.append("%|███       | 1/3 [00:01<00:02,  1.00it/s]");
        log.append("\u001B[A".repeat(position));
      }
    }
    List<String> shown = new ArrayList<>();
    views(Progress.COLLAPSE, log + "\n").forEach(line -> shown.add(line.text().substring(0, 4)));
    assertThat(shown).containsExactlyInAnyOrder(" 19%", " 29%", " 39%");
  }

  @Test
  void many_bars_cost_bounded_memory() {
    LogView view = new LogView(Progress.COLLAPSE);
    int shown = 0;
    for (int i = 0; i < 1000; i++) {
      shown += view.show(new Line(i, i + 1, "task " + i + ": " + HALF, false)).size();
    }
    assertThat(view.settle()).hasSize(1000 - shown).hasSizeLessThan(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP", "COLLAPSE"})
  void text_printed_on_a_bars_line_is_a_line_of_its_own(Progress progress) throws IOException {
    assertThat(views(progress, resource("glued.txt")))
        .extracting(ShownLine::text)
        .contains(
            "{'loss': 2.5, 'epoch': 0.0}",
            "{'loss': 2.3, 'epoch': 0.3}",
            "INFO:root:checkpoint saved",
            "bye");
  }

  @ParameterizedTest
  @EnumSource
  void every_ordinary_line_between_nested_bars_is_on_the_screen(Progress progress)
      throws IOException {
    List<String> shown =
        views(progress, resource("nested.txt")).stream().map(ShownLine::text).toList();
    assertThat(Screen.after(shown))
        .contains(
            "training starts",
            "epoch 0: loss 1.000",
            "epoch 1: loss 0.500",
            "epoch 2: loss 0.333",
            "training ends");
    if (progress == Progress.DROP) {
      assertThat(shown).hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resuming_after_any_line_loses_none_and_repeats_no_line(Progress progress)
      throws IOException {
    for (String name : List.of("glued.txt", "nested.txt", "killed.txt")) {
      List<Line> lines = lines(resource(name) + "\n");
      List<ShownLine> all = views(progress, lines);
      for (int i = 0; i < all.size(); i++) {
        long after = all.get(i).offset();
        List<ShownLine> rest =
            views(progress, lines.stream().filter(l -> l.start() >= after).toList());
        List<String> expected =
            all.subList(i + 1, all.size()).stream().map(ShownLine::text).toList();
        assertThat(rest).extracting(ShownLine::text).endsWith(expected.toArray(String[]::new));
        assertThat(all.get(i).offset()).isLessThanOrEqualTo(lines.get(lines.size() - 1).end());
        if (lines.stream().anyMatch(l -> l.end() == after && !l.text().contains("\r"))) {
          assertThat(rest).hasSameSizeAs(expected);
        }
      }
    }
  }

  @Test
  void a_redrawn_line_without_an_end_shows_its_latest_states_once() {
    LogView view = new LogView(Progress.COLLAPSE);
    Line half = new Line(7, 90, "\r" + HALF + "\rpart: " + HALF + "\rpart: " + FULL, false);
    assertThat(view.showUnfinished(half))
        .containsExactly(new ShownLine(7, 0, HALF), new ShownLine(7, 0, "part: " + FULL));
    assertThat(view.showUnfinished(half)).isEmpty();
    assertThat(view.show(new Line(7, 120, half.text() + "\r" + FULL, false))).isEmpty();
    assertThat(view.settle()).containsExactly(new ShownLine(120, 0, FULL));
    assertThat(new LogView(Progress.DROP).showUnfinished(half)).isEmpty();
    assertThat(new LogView(Progress.KEEP).showUnfinished(half)).isEmpty();
  }

  private static List<String> shown(Progress progress, String... lines) {
    return views(progress, String.join("\n", lines) + "\n").stream().map(ShownLine::text).toList();
  }

  private static List<ShownLine> views(Progress progress, String log) {
    return views(progress, lines(log));
  }

  private static List<ShownLine> views(Progress progress, List<Line> lines) {
    LogView view = new LogView(progress);
    List<ShownLine> shown = new ArrayList<>();
    lines.forEach(line -> shown.addAll(view.show(line)));
    shown.addAll(view.settle());
    return shown;
  }

  /** The lines that are not empty, at their places in characters. */
  private static List<Line> lines(String log) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int end = log.indexOf('\n'); end >= 0; end = log.indexOf('\n', start)) {
      Line line = new Line(start, end + 1, log.substring(start, end), false);
      if (!line.isBlank()) {
        lines.add(line);
      }
      start = end + 1;
    }
    return lines;
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = LogViewTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
