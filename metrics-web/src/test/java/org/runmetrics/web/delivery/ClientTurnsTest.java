package org.runmetrics.web.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ClientTurnsTest {
  /** What has a turn, as an executor with one thread would have it. */
  private final Queue<Runnable> turn = new ArrayDeque<>();

  private final List<String> done = new ArrayList<>();
  private final ClientTurns turns = new ClientTurns(5, 2, 3, turn::add);

  private boolean take(String client, String work) {
    return turns.take(client, () -> done.add(work));
  }

  private void doNext() {
    turn.remove().run();
  }

  @Test
  void a_client_has_few_turns_at_a_time_and_others_have_theirs() {
    assertThat(take("a", "a1")).isTrue();
    assertThat(take("a", "a2")).isTrue();
    assertThat(take("a", "a3")).isTrue();
    assertThat(take("b", "b1")).isTrue();
    assertThat(turn).hasSize(3);

    doNext();
    doNext();
    doNext();
    doNext();
    assertThat(done).containsExactly("a1", "a2", "b1", "a3");
    assertThat(turn).isEmpty();
    assertThat(turns.size()).isZero();
  }

  @Test
  void of_a_client_only_so_many_wait() {
    for (int i = 1; i <= 5; i++) {
      assertThat(take("a", "a" + i)).isTrue();
    }
    assertThat(take("a", "a6")).isFalse();
    doNext();
    assertThat(take("a", "a7")).isTrue();
    assertThat(take("a", "a8")).isFalse();
  }

  @Test
  void where_all_turns_are_taken_clients_have_theirs_one_after_the_other() {
    for (String client : List.of("a", "b", "c")) {
      take(client, client + 1);
      take(client, client + 2);
      take(client, client + 3);
    }
    assertThat(turn).hasSize(5);
    while (!turn.isEmpty()) {
      doNext();
    }
    assertThat(done).containsExactly("a1", "a2", "b1", "b2", "c1", "a3", "c2", "b3", "c3");
    assertThat(turns.size()).isZero();
  }

  @Test
  void work_for_which_there_is_no_thread_waits_for_that_of_others() {
    AtomicBoolean exhausted = new AtomicBoolean();
    ClientTurns some =
        new ClientTurns(
            5,
            2,
            3,
            work -> {
              if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              turn.add(work);
            });
    some.take("a", () -> done.add("a1"));
    exhausted.set(true);
    assertThat(some.take("b", () -> done.add("b1"))).isTrue();
    assertThat(turn).hasSize(1);

    exhausted.set(false);
    doNext();
    doNext();
    assertThat(done).containsExactly("a1", "b1");
    assertThat(some.size()).isZero();

    exhausted.set(true);
    assertThatThrownBy(() -> some.take("c", () -> done.add("c1")))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(some.size()).isZero();
  }

  @Test
  void work_that_fails_gives_its_turn_on() {
    turns.take(
        "a",
        () -> {
          throw new IllegalStateException();
        });
    take("a", "a2");
    take("a", "a3");
    assertThatThrownBy(this::doNext).isInstanceOf(IllegalStateException.class);
    doNext();
    doNext();
    assertThat(done).containsExactly("a2", "a3");
    assertThat(turns.size()).isZero();
  }
}
