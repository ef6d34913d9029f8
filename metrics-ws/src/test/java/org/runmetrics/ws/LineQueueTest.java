package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.runmetrics.line.Line;

class LineQueueTest {

  @Test
  void lines_past_the_bound_become_one_gap_where_they_are_missing() {
    LineQueue queue = queue(4, 1000);
    queue.lines(lines(0, 7));
    assertThat(taken(queue, 3)).containsExactly("0", "1", "2");
    queue.lines(lines(7, 8));
    assertThat(taken(queue, 3)).containsExactly("3", "3 missing", "7");
  }

  @Test
  void a_gap_goes_on_until_half_of_the_queue_is_taken() {
    LineQueue queue = queue(4, 1000);
    queue.lines(lines(0, 5));
    assertThat(taken(queue, 1)).containsExactly("0");
    queue.lines(lines(5, 6));
    assertThat(taken(queue, 5)).containsExactly("1", "2", "3", "2 missing");
  }

  @Test
  void bytes_are_bounded_too_but_a_single_long_line_waits() {
    LineQueue queue = queue(100, 15);
    queue.lines(List.of(new Line(0, 1000, "long", false)));
    queue.lines(List.of(new Line(1000, 1001, "short", false)));
    assertThat(taken(queue, 9)).containsExactly("long", "1 missing");
    queue.lines(lines(0, 2));
    assertThat(taken(queue, 9)).containsExactly("0", "1 missing");
  }

  @Test
  void truncations_alone_do_not_fill_it() {
    LineQueue queue = queue(3, 1000);
    for (int i = 0; i < 1000; i++) {
      queue.truncated();
    }
    assertThat(taken(queue, 1000)).containsExactly("truncated");
  }

  private static LineQueue queue(int lines, long bytes) {
    return new LineQueue(new QueueBounds(lines, bytes), () -> {});
  }

  private static List<Line> lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new Line(i * 10L, i * 10L + 10, Integer.toString(i), false))
        .toList();
  }

  private static List<String> taken(LineQueue queue, int most) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Optional<LineQueue.Entry> next = queue.take();
      next.ifPresent(entry -> taken.add(text(entry)));
    }
    return taken;
  }

  private static String text(LineQueue.Entry entry) {
    if (entry instanceof LineQueue.Written written) {
      return written.line().text();
    }
    return entry instanceof LineQueue.Gap gap ? gap.lines() + " missing" : "truncated";
  }
}
