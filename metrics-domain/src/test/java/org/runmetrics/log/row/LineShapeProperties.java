package org.runmetrics.log.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.line.Line;
import org.runmetrics.log.LogView;
import org.runmetrics.log.Progress;
import org.runmetrics.log.ShownLine;

/** What the bytes of a line tell is what the rules for its text say. */
class LineShapeProperties {
  private static final String[] PIECES = {
    "[",
    "]",
    "|",
    "%",
    "%|",
    "% (",
    ")",
    "#",
    "##",
    "=",
    "==",
    ">",
    "<",
    "/",
    "-",
    "----------",
    ".",
    "..........",
    ",",
    ":",
    " ",
    "  ",
    "\t",
    "\r",
    "1",
    "12",
    "45",
    "100",
    "00:12",
    "1:02:03",
    "K",
    "M",
    "it/s",
    "s/it",
    "of",
    "/Unknown",
    "eta",
    "━",
    "─",
    "╸",
    "█",
    "→",
    "é",
    "٣",
    "word",
    "\u001B[A",
    "\u001B[31m",
    "\b"
  };

  @Property(tries = 30_000)
  void a_plain_line_is_one_row_as_it_is(@ForAll long seed, @ForAll @IntRange(max = 14) int pieces) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    check(text.toString());
  }

  @Property(tries = 3000)
  void nearly_a_bar_is_looked_at(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> bars =
        List.of(
            " 45%|████      | 45/100 [00:12<00:15,  3.45it/s]",
            "45it [01:00, 1.2kit/s]",
            "━━━━━╸━━ 45/100",
            "Fetching ------------ 12.3/45.6 MB",
            " 0% ──────── 0/100",
            "[=====>   ] 45/100 ETA 12 s",
            " 50K .......... .......... 45% 5.6M 6s",
            "  0  1000    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0",
            "###### 45.0%",
            "45/Unknown - 12s 230ms/step",
            "45% (45 of 100) |###   |");
    StringBuilder text = new StringBuilder(bars.get(random.nextInt(bars.size())));
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length());
      text.replace(at, at + 1, PIECES[random.nextInt(PIECES.length)]);
    }
    check(text.toString());
  }

  @Example
  void usual_lines_are_told_from_their_bytes() {
    assertThat(shape("2026-01-01 10:00:00,123 [INFO] step 3/100 loss=0.5 (3.2 it/s)"))
        .isEqualTo(LineShape.PLAIN);
    assertThat(shape("[10:00:00] /data/train: 45% done, a=b")).isEqualTo(LineShape.PLAIN);
    assertThat(shape("Epoch 3 → é")).isEqualTo(LineShape.PLAIN);
    assertThat(shape(" \t ")).isEqualTo(LineShape.BLANK);
    assertThat(shape(" 45%|████      | 45/100")).isEqualTo(LineShape.DRAWN);
  }

  private static void check(String text) {
    Line line = new Line(0, 1, text, false);
    LineShape shape = shape(text);
    assertThat(shape == LineShape.BLANK).isEqualTo(line.isBlank());
    if (shape == LineShape.PLAIN) {
      LogView view = LogView.forJson(Progress.COLLAPSE);
      assertThat(view.show(line)).containsExactly(new ShownLine(1, 0, text));
      assertThat(view.holds()).isFalse();
    }
  }

  private static LineShape shape(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return LineShape.of(bytes, 0, bytes.length);
  }
}
