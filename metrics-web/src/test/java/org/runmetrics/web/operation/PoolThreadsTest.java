package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolThreadsTest {

  @ParameterizedTest
  @CsvSource({
    "runmetrics-push, runmetrics-push",
    "http-thread-pool::http-listener(12), http-thread-pool::http-listener",
    "default task-7, default task",
    "pool-3-thread-14, pool-thread",
    "XNIO-1 I/O-2, XNIO I/O",
    "Ehcache [_default_]-3, Ehcache [_default_]",
    "17, others"
  })
  void a_thread_is_of_the_pool_that_its_name_tells(String thread, String pool) {
    assertThat(PoolThreads.pool(thread)).isEqualTo(pool);
  }

  @Test
  void threads_are_counted_and_of_very_many_pools_most_are_one() throws InterruptedException {
    CountDownLatch counted = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String name = i < 100 ? "many-" + i : "one" + "x".repeat(i);
      threads.add(
          new Thread(
              () -> {
                try {
                  counted.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              name));
    }
    threads.forEach(Thread::start);

    assertThat(PoolThreads.count())
        .containsEntry("many", 100L)
        .hasSizeLessThanOrEqualTo(51)
        .hasEntrySatisfying("others", count -> assertThat(count).isGreaterThan(100));

    counted.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
