package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.file.SilentDiskException;

/** A question that waits for a latch stands for one that waits for a disk. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AskedIndexTest {
  private static final AskedIndex.Patience SHORT =
      new AskedIndex.Patience(Duration.ofSeconds(1), Duration.ZERO);

  @TempDir Path root;
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger indexes = new AtomicInteger();

  @BeforeEach
  void aRun() throws IOException {
    new StorageFolder(root).run("runs/a");
  }

  @AfterEach
  void theDiskAnswers() {
    answer.countDown();
  }

  private AskedIndex index(AskedIndex.Patience patience) {
    return new AskedIndex(
        () -> {
          indexes.incrementAndGet();
          return new RunIndex(new StorageRoot(root));
        },
        patience);
  }

  private static int runs(AskedIndex index) {
    return index.ask(all -> all.runs(System.nanoTime())).size();
  }

  private int waitForTheDisk(RunIndex index) {
    try {
      answer.await();
      return index.runs(System.nanoTime()).size();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_disk_that_does_not_answer_is_told_and_others_are_not_kept_waiting() {
    try (AskedIndex index = index(SHORT)) {
      assertThatThrownBy(() -> index.ask(this::waitForTheDisk))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(SilentDiskException.class);
      assertThat(index.isSilent()).isTrue();

      assertThat(runs(index)).isEqualTo(1);
      assertThat(index.isSilent()).isFalse();
      assertThat(indexes).hasValue(2);
    }
  }

  @Test
  void questions_to_a_silent_disk_are_refused_at_once() {
    AskedIndex.Patience rare = new AskedIndex.Patience(SHORT.silence(), Duration.ofHours(1));
    try (AskedIndex index = index(rare)) {
      assertThatThrownBy(() -> index.ask(this::waitForTheDisk))
          .hasCauseInstanceOf(SilentDiskException.class);
      assertThatThrownBy(() -> runs(index)).hasCauseInstanceOf(SilentDiskException.class);
      assertThat(indexes).hasValue(2);
    }
  }

  @Test
  void some_threads_and_no_more_wait_for_it() throws InterruptedException {
    try (AskedIndex index = index(SHORT)) {
      CountDownLatch waiting = new CountDownLatch(4);
      for (int question = 0; question < 6; question++) {
        assertThatThrownBy(
                () ->
                    index.ask(
                        all -> {
                          waiting.countDown();
                          return waitForTheDisk(all);
                        }))
            .hasCauseInstanceOf(SilentDiskException.class);
      }
      waiting.await();
      assertThat(indexes).hasValue(5);

      answer.countDown();
      while (index.isSilent()) {
        try {
          assertThat(runs(index)).isEqualTo(1);
        } catch (UncheckedIOException stillRefused) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void what_goes_wrong_otherwise_is_told_as_it_is() {
    try (AskedIndex index = index(SHORT)) {
      assertThatThrownBy(
              () ->
                  index.ask(
                      all -> {
                        throw new IllegalStateException("A fault");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("A fault");
      assertThat(index.isSilent()).isFalse();
    }
  }
}
