package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.runmetrics.line.Line;
import org.runmetrics.log.Progress;

class LineQueueTest {

  @Test
  void lines_past_the_bound_become_one_gap_where_they_are_missing() {
    LineQueue queue = new LineQueue(new QueueBounds(4, 1000), Progress.KEEP);
    queue.addLive(lines(0, 7));
    assertThat(taken(queue, 3)).containsExactly("0", "1", "2");
    queue.addLive(lines(7, 8));
    assertThat(taken(queue, 3)).containsExactly("3", "[info] 3 lines skipped", "7");
  }

  @Test
  void a_gap_goes_on_until_half_of_the_queue_is_sent() {
    LineQueue queue = new LineQueue(new QueueBounds(4, 1000), Progress.KEEP);
    queue.addLive(lines(0, 5));
    assertThat(taken(queue, 1)).containsExactly("0");
    queue.addLive(lines(5, 6));
    assertThat(taken(queue, 5)).containsExactly("1", "2", "3", "[info] 2 lines skipped");
  }

  @Test
  void a_gap_carries_the_offset_behind_the_last_line_before_it() {
    LineQueue queue = new LineQueue(new QueueBounds(1, 1000), Progress.KEEP);
    queue.addLive(lines(0, 3));
    assertThat(queue.take()).contains(new Message(10, "0"));
    assertThat(queue.take()).contains(new Message(10, "[info] 2 lines skipped"));
  }

  @Test
  void bytes_are_bounded_too_but_a_single_long_line_waits() {
    LineQueue queue = new LineQueue(new QueueBounds(100, 15), Progress.KEEP);
    queue.addLive(List.of(new Line(0, 1000, "long", false)));
    queue.addLive(List.of(new Line(1000, 1001, "short", false)));
    assertThat(taken(queue, 9)).containsExactly("long", "[info] 1 lines skipped");
    queue.addLive(lines(0, 2));
    assertThat(taken(queue, 9)).containsExactly("0", "[info] 1 lines skipped");
  }

  @Test
  void history_is_not_bounded() {
    LineQueue queue = new LineQueue(new QueueBounds(2, 15), Progress.KEEP);
    queue.addHistory(lines(0, 5));
    assertThat(taken(queue, 9)).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void a_bar_takes_the_place_of_the_bar_in_front_of_it() {
    LineQueue queue = new LineQueue(new QueueBounds(2, 1000), Progress.COLLAPSE);
    queue.addLive(List.of(line(0, "a"), line(1, "1%|"), line(2, "2%|"), line(3, "3%|")));
    assertThat(queue.isLow()).isFalse();
    assertThat(taken(queue, 1)).containsExactly("a");
    assertThat(queue.isLow()).isTrue();
    queue.addLive(List.of(line(4, "4%|"), line(5, "b")));
    assertThat(taken(queue, 9)).containsExactly("4%|", "b");
  }

  @Test
  void truncations_alone_do_not_fill_it() {
    LineQueue queue = new LineQueue(new QueueBounds(3, 1000), Progress.KEEP);
    for (int i = 0; i < 1000; i++) {
      queue.addTruncation();
    }
    assertThat(taken(queue, 1000)).hasSizeLessThan(10).containsOnly("[info] Log was truncated");
  }

  private static List<Line> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> line(i, Integer.toString(i))).toList();
  }

  private static Line line(int number, String text) {
    return new Line(number * 10L, number * 10L + 10, text, false);
  }

  private static List<String> taken(LineQueue queue, int most) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Optional<Message> next = queue.take();
      next.ifPresent(message -> taken.add(message.line()));
    }
    return taken;
  }
}
