package org.runmetrics.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrawThreadsTest {
  private final DrawThreads threads = new DrawThreads(2);

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void drawingsComeInOrder() {
    List<Integer> taken = new ArrayList<>();
    threads.inOrder(numbers(1000), taken::add);

    assertThat(taken).isEqualTo(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void otherThreadsDrawWhileOneIsTaken() throws InterruptedException {
    CountDownLatch ahead = new CountDownLatch(2);
    List<Callable<Integer>> drawings =
        List.of(
            () -> 0,
            () -> {
              ahead.countDown();
              return 1;
            },
            () -> {
              ahead.countDown();
              return 2;
            });

    threads.inOrder(
        drawings,
        drawing -> {
          if (drawing == 0) {
            ahead.await();
          }
        });
  }

  @Test
  void whatBusyThreadsHaveNotBegunIsDrawnByTheOneThatAsks() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(2);
    Callable<Integer> endless =
        () -> {
          busy.countDown();
          end.await();
          return 0;
        };
    Thread other =
        new Thread(
            () -> threads.inOrder(List.of(() -> 0, endless, endless, endless), drawing -> {}));
    other.start();
    busy.await();
    List<Integer> taken = new ArrayList<>();
    threads.inOrder(numbers(20), taken::add);

    assertThat(taken).hasSize(20);
    end.countDown();
    other.join();
  }

  @Test
  void onlySoManyDrawingsWait() {
    AtomicInteger drawn = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<Callable<Integer>> drawings =
        IntStream.range(0, 500).<Callable<Integer>>mapToObj(i -> drawn::incrementAndGet).toList();

    threads.inOrder(
        drawings, drawing -> assertThat(drawn.get() - taken.incrementAndGet()).isLessThan(6));
  }

  @Test
  void aFailureIsThatOfTheOneThatAsks() {
    Callable<Integer> broken =
        () -> {
          throw new IllegalStateException("The file is gone");
        };

    assertThatThrownBy(() -> threads.inOrder(List.of(() -> 1, broken), drawing -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The file is gone");
  }

  private static List<Callable<Integer>> numbers(int count) {
    return IntStream.range(0, count).<Callable<Integer>>mapToObj(i -> () -> i).toList();
  }
}
