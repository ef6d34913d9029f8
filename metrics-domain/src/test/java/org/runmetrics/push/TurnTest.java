package org.runmetrics.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnTest {
  private final Workers workers = new Workers(Thread::new);

  @AfterEach
  void end() {
    workers.close();
  }

  @Test
  void steps_are_never_run_twice_at_once_and_see_every_signal() throws Exception {
    AtomicInteger given = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    AtomicBoolean twice = new AtomicBoolean();
    AtomicInteger seen = new AtomicInteger();
    Turn turn =
        new Turn(
            workers,
            () -> {
              twice.compareAndSet(false, running.incrementAndGet() > 1);
              seen.set(given.get());
              running.decrementAndGet();
              return false;
            });
    List<Thread> signallers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread signaller =
          new Thread(
              () -> {
                for (int n = 0; n < 10_000; n++) {
                  given.incrementAndGet();
                  turn.signal();
                }
              });
      signaller.start();
      signallers.add(signaller);
    }
    for (Thread signaller : signallers) {
      signaller.join();
    }
    while (seen.get() < 40_000) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertThat(twice).isFalse();
  }

  @Test
  void endless_turns_do_not_keep_another_from_its_own() throws Exception {
    for (int i = 0; i < 50; i++) {
      new Turn(workers, () -> true).signal();
    }
    CountDownLatch done = new CountDownLatch(1);
    Turn quick =
        new Turn(
            workers,
            () -> {
              done.countDown();
              return false;
            });
    quick.signal();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_step_that_fails_is_not_the_last() throws Exception {
    CountDownLatch steps = new CountDownLatch(2);
    Turn turn =
        new Turn(
            workers,
            () -> {
              steps.countDown();
              throw new IllegalStateException("expected by the test");
            });
    turn.signal();
    while (steps.getCount() > 1) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    turn.signal();
    assertThat(steps.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void threads_end_when_they_are_idle() throws Exception {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Workers idle =
        new Workers(
            work -> {
              Thread thread = new Thread(work);
              threads.add(thread);
              return thread;
            },
            Duration.ofMillis(1));
    CountDownLatch done = new CountDownLatch(2);
    idle.run(done::countDown);
    idle.after(Duration.ofMillis(1), done::countDown);
    done.await();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(threads).hasSize(2);
    idle.close();
  }

  @Test
  void a_turn_signals_itself_later() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    workers.after(Duration.ofMillis(1), done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
