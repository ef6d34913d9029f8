package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.runmetrics.line.Line;

class LogViewTest {

  @Test
  void keepHandsEachLineOnAtOnce() {
    LogView view = new LogView(Progress.KEEP);
    assertThat(view.show(new Line(0, 6, "hello", false)))
        .containsExactly(new ShownLine(6, "hello"));
    assertThat(view.settle()).isEmpty();
  }

  @Test
  void aHeldBarIsShownOnceItSettles() {
    LogView view = new LogView(Progress.COLLAPSE);
    List<ShownLine> shown = new ArrayList<>();
    shown.addAll(view.show(new Line(0, 10, " 50%|█████     | 5/10 [00:01<00:01, 4.9it/s]", false)));
    shown.addAll(
        view.show(new Line(10, 20, "100%|██████████| 10/10 [00:02<00:00, 4.9it/s]", false)));
    assertThat(shown).isEmpty();
    assertThat(view.settle())
        .containsExactly(new ShownLine(20, "100%|██████████| 10/10 [00:02<00:00, 4.9it/s]"));
    assertThat(view.settle()).isEmpty();
  }
}
